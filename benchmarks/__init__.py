"""Ratios against rivals; ``python -m benchmarks`` runs every package here that has a __main__."""
