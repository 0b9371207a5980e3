"""What tests are written with. Production code never imports it."""
