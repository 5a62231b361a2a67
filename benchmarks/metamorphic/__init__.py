"""Thousands of changes to the fixtures that must not change what is read from them."""
