"""The rules of custody; what an adult's standing is, the pick-up list's rules say."""
