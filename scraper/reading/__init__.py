"""Read a page here, or in a process beside: ``parse_page`` that tells what went wrong in words.

A package of its own, so that the process beside (``python -m scraper.reading``) loads the parser
only and is there in a moment.
"""

from scraper.reading.request import Reading, ReadingRequest, read

__all__ = ["Reading", "ReadingRequest", "read"]
