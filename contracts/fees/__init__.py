"""The language of fees: tariffs, waivers, monthly charges, payments. Money is integer fen."""
