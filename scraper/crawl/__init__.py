"""Discover, fetch and keep: everything between a site's address and the archive.

The public face is ``run_scrape`` (see ``docs/crawl.md``); the modules below it each do one thing.
"""
