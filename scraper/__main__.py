"""``python -m scraper`` is the command ``district-archive``."""

from scraper.cli import main

main()
