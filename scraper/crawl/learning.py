"""Learn in a site's first run what its pages share (``site.boilerplate``), from its first articles.

After the second article the site knows something, after the sixth it knows enough: what was read
before is then read again, and what was learnt stays with the site, so that later runs read alike.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from scraper.crawl.ledger import Ledger
from scraper.parse import ParseError, learn_boilerplate, sample_page
from scraper.parse.boilerplate import Sample
from scraper.reading.request import ReadingRequest, read

LESSONS = (2, 6)
LARGEST = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _Seen:
    """An article's page that was read, and where it is stored."""

    request: ReadingRequest
    capture: int
    seen_at: str
    sample: Sample


class Learner:
    """Watches the articles of sites that have none yet and know nothing of what they share."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._seen: dict[str, list[_Seen]] = {
            id: []
            for id, scope in ledger.scopes.items()
            if not scope.site.boilerplate and not ledger.archive.has_articles(id)
        }

    def see(self, request: ReadingRequest, capture: int, seen_at: str) -> None:
        """Take in the page of an article that was just stored."""
        site = request.site.id
        pages = self._seen.get(site)
        if pages is None or len(request.body) > LARGEST:
            return
        try:
            sample = sample_page(request.body, content_type=request.content_type)
        except ParseError:
            return  # it was read all the same, with the site's rules; there is more to learn from
        if sample is None or any(sample == other.sample for other in pages):
            return
        pages.append(_Seen(request, capture, seen_at, sample))
        if len(pages) in LESSONS:
            self._learn(site, pages)
        if len(pages) == LESSONS[-1]:
            del self._seen[site]

    def _learn(self, site: str, pages: list[_Seen]) -> None:
        ledger = self._ledger
        scope = ledger.scopes[site]
        learnt = learn_boilerplate([page.sample for page in pages])
        if learnt == scope.site.boilerplate:
            return
        ledger.archive.save_boilerplate(site, learnt)
        wiser = replace(scope.site, boilerplate=learnt)
        ledger.scopes[site] = replace(scope, site=wiser)
        for seen in pages:
            page = read(replace(seen.request, site=wiser)).page
            if page is not None and page.article is not None:
                ledger.archive.store_page(site, seen.capture, page, seen.seen_at)
