"""What the gate and a guardian ask of custody."""
