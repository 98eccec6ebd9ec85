"""Ambient air by GB 3095, HJ 633 and HJ 663: limits, means and their validity, the air quality index. Dated, and pure."""
