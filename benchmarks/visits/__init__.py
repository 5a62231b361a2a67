"""Visits per day of years of hourly snapshots, against fetching them from SQLite."""
