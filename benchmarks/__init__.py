"""How fast aiposim is, beside its targets and beside the limits of the machine: `python -m benchmarks`."""
