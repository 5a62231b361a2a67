"""What a run with nothing new costs, small archive and large: ``python -m benchmarks.rerun``."""
