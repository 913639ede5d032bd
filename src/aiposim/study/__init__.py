"""What one asks of results: comparisons of designs, patterns, calibration."""
