"""Tariffs, waivers, monthly charges and payments."""
