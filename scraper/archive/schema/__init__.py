"""The schema and its history: every change is a migration, applied when an archive is opened.

A migration that was released is never edited: the next change is another migration in a file of
its own, and ``tests/archive/old/`` keeps a database of every earlier schema, from which it must
migrate.
"""

from scraper.archive.schema.migrations import migrations, newer_than_us

__all__ = ["migrations", "newer_than_us"]
