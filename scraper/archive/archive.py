"""The face of the archive: what the crawl and the commands ask of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from sqlite_utils import Database

from scraper.archive import (
    absences,
    articles,
    captures,
    counters,
    failures,
    files,
    runs,
    series,
    sites,
    totals,
    upkeep,
    visits,
)
from scraper.archive.errors import explained
from scraper.archive.opening import open_database
from scraper.archive.records import (
    Capture,
    Failure,
    MissingFile,
    Outcome,
    Run,
    RunCounts,
    Stored,
    Totals,
)
from scraper.archive.series import Period
from scraper.archive.sites import MissingProfile
from scraper.archive.versions import Sighting
from scraper.archive.visits import Refreshed
from scraper.parse import Counters, Page
from scraper.sites import Site


def profile_folder(path: Path) -> Path:
    """Where the user's own profiles of the archive at ``path`` lie, beside it."""
    return path.with_suffix(".profiles")


def open_archive(path: Path, *, read_only: bool = False) -> Archive:
    """Open the archive at ``path``; make it, or bring it to this version's schema, where needed.

    Raises:
        ArchiveError: it cannot be opened; the message says why and what to do.
    """
    return Archive(path, open_database(path, read_only=read_only), read_only=read_only)


class Archive:
    """An open archive. Every method that writes is one transaction, or part of :meth:`transaction`.

    Times given as text are UTC with ``Z`` and whole seconds. One connection, for one thread.
    All methods raise :class:`ArchiveError` when the database cannot be read or written.
    """

    def __init__(self, path: Path, db: Database, *, read_only: bool) -> None:
        self.path = path
        self.db = db
        self.read_only = read_only
        self._closed = False

    @property
    def warc_folder(self) -> Path:
        """Where the raw bytes lie: ``archive.warc/`` beside ``archive.db``; may not exist yet."""
        return self.path.with_suffix(".warc")

    @property
    def profile_folder(self) -> Path:
        """Where the user's own profiles lie: ``archive.profiles/``; need not exist."""
        return profile_folder(self.path)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            if not self.read_only:
                with self._explained():
                    upkeep.before_close(self.db)
        finally:
            self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep all that is written inside together: it is stored whole, or not at all."""
        with self._explained():
            if self.db.conn.in_transaction:
                yield
                return
            # IMMEDIATE waits for another writer here; a transaction that begins by reading could
            # not be let in later.
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                self.db.rollback()
                raise

    def _explained(self) -> AbstractContextManager[None]:
        return explained(self.path)

    # Sites and runs

    def save_site(self, site: Site) -> None:
        """Add a site, or replace what is known of the one with its id."""
        with self.transaction():
            sites.save_site(self.db, site)

    def save_boilerplate(self, site_id: str, boilerplate: frozenset[str]) -> None:
        """Keep what was learnt of the blocks that the site's pages share."""
        with self.transaction():
            sites.save_boilerplate(self.db, site_id, boilerplate)

    def has_articles(self, site_id: str) -> bool:
        """Whether any article of the site is kept yet."""
        row = self.db.execute("SELECT 1 FROM articles WHERE site = ? LIMIT 1", [site_id]).fetchone()
        return row is not None

    def sites(self, ids: Sequence[str] = ()) -> list[Site]:
        """The sites named, or all of them by id.

        Raises:
            UnknownSite: one of them is not in the archive.
        """
        with self._explained():
            return sites.load_sites(self.db, ids, self.profile_folder)

    def missing_profiles(self, ids: Sequence[str] = ()) -> list[MissingProfile]:
        """The sites named, or of all of them those, whose profile's file is not there."""
        with self._explained():
            return sites.missing_profiles(self.db, self.profile_folder, ids)

    def start_run(self, command: str, at: datetime) -> int:
        """Write down that a command begins (``at`` is aware); gives the run's id."""
        with self.transaction():
            return runs.start_run(self.db, command, at)

    def finish_run(
        self, run: int, outcome: str, at: datetime, counts: RunCounts, *, tidy: bool = True
    ) -> None:
        """Write down how a run ended, and keep the database fast after it.

        Without ``tidy`` the latter is left to another run: it looks through the whole archive.
        """
        with self.transaction():
            runs.finish_run(self.db, run, outcome, at, counts)
        if tidy:
            with self._explained():
                upkeep.after_run(self.db)

    def make_durable(self) -> None:
        """See that a power cut cannot take back what is stored so far."""
        with self._explained():
            upkeep.make_durable(self.db)

    def recent_runs(self, limit: int) -> list[Run]:
        """The last runs, latest first."""
        with self._explained():
            return runs.recent_runs(self.db, limit)

    # Captures and what was read in them

    def add_capture(self, capture: Capture) -> int:
        """Store a capture and give its id; a WARC record that is stored already keeps its id."""
        with self.transaction():
            return captures.add_capture(self.db, capture)

    def last_capture(self, url: str) -> Capture | None:
        """The latest capture that brought or confirmed the payload at an address (200 or 304)."""
        with self._explained():
            return captures.last_capture(self.db, url)

    def payload_of(self, digest: str) -> Capture | None:
        """The capture whose WARC record holds the payload with this digest (no revisit)."""
        with self._explained():
            return captures.payload_of(self.db, digest)

    def store_page(self, site_id: str, capture_id: int, page: Page, seen_at: str) -> Stored:
        """Store all that was read of a page: article, version, photos, files, views, counters.

        The article is known by ``page.url``, which the crawl gives in canonical form.

        Raises:
            UnknownSite: the site is not in the archive.
        """
        with self.transaction():
            sites.check_known(self.db, site_id)
            if page.counters is not None:
                counters.store_counters(self.db, site_id, capture_id, page.counters, seen_at)
            if page.article is None:
                return Stored(Outcome.NOT_ARTICLE)
            sighting = Sighting(
                site_id, page.url, capture_id, seen_at, page.article, page.provenance
            )
            stored = articles.store_article(self.db, sighting)
            assert stored.article is not None
            if stored.outcome is not Outcome.NEW:
                absences.mark_found(self.db, stored.article, capture_id, seen_at)
            if page.article.views is not None:
                counters.store_views(
                    self.db, stored.article, capture_id, page.article.views, seen_at
                )
            return stored

    def mark_not_found(self, site_id: str, url: str, capture_id: int, seen_at: str) -> bool:
        """Note that an address answered "not found" (404, 410 or the portal's own page).

        Gives whether this makes an article gone: on the second such visit at least a day after
        the first. An address that is no article of the site is none of the archive's business.
        ``absences`` keeps the history, also of articles that come back.
        """
        with self.transaction():
            article_id = articles.find_article(self.db, url)
            if article_id is None:
                return False
            return absences.mark_not_found(self.db, article_id, capture_id, seen_at)

    def store_file(
        self, file_url: str, digest: str, bytes: int, media_type: str | None, capture_id: int
    ) -> int:
        """Note where the bytes of a photo or attachment are; gives how many rows show that file."""
        with self.transaction():
            return files.store_file(self.db, file_url, digest, bytes, media_type, capture_id)

    # What the next run asks

    def files_missing(self, site_id: str) -> list[MissingFile]:
        """Photos and attachments without bytes yet, each address once."""
        with self._explained():
            return files.files_missing(self.db, site_id)

    def known_articles(self, site_id: str, urls: Iterable[str]) -> set[str]:
        """Which of these canonical addresses are articles of the site already."""
        with self._explained():
            return articles.known_articles(self.db, site_id, urls)

    def articles_due(self, site_id: str, since: date) -> list[str]:
        """Articles to look at again: published since that day, or undated and first seen since.

        Raises:
            UnknownSite: the site is not in the archive.
        """
        with self._explained():
            return articles.articles_due(self.db, site_id, since)

    def add_failure(
        self,
        site_id: str,
        url: str,
        kind: str,
        message: str,
        at: str,
        *,
        run: int | None = None,
        retry_at: str | None = None,
    ) -> int:
        """Write down that an address could not be had; gives how many times in a row."""
        failure = Failure(site_id, url, kind, message, at, retry_at=retry_at, run=run)
        with self.transaction():
            return failures.add_failure(self.db, failure)

    def clear_failure(self, site_id: str, url: str) -> None:
        """The address was had: forget its failures."""
        with self.transaction():
            failures.clear_failure(self.db, site_id, url)

    def failed_in(self, run: int) -> int:
        """How many addresses failed in a run and have not been had since."""
        with self._explained():
            return failures.failed_in(self.db, run)

    def open_failures(self) -> list[Failure]:
        """What could not be had so far."""
        with self._explained():
            return failures.open_failures(self.db)

    # Visits per day

    def store_counters(
        self, site_id: str, capture_id: int, counters_read: Counters, observed_at: str
    ) -> bool:
        """Keep a reading of a portal's box that came without a page; gives whether it was kept."""
        with self.transaction():
            return counters.store_counters(self.db, site_id, capture_id, counters_read, observed_at)

    def has_counters(self, site_id: str) -> bool:
        """Whether a box of the site was ever read."""
        with self._explained():
            return counters.has_counters(self.db, site_id)

    def refresh_visits(self, site_id: str, *, rebuild: bool = False) -> Refreshed | None:
        """Bring a site's visits per day up to date; ``None`` where no counters came since.

        Raises:
            UnknownSite: the site is not in the archive.
        """
        with self.transaction():
            return visits.refresh_visits(self.db, site_id, rebuild=rebuild)

    def visits_series(
        self,
        site_ids: Sequence[str],
        period: Period,
        first: date | None = None,
        last: date | None = None,
    ) -> Iterator[dict[str, object]]:
        """Visits by day, week or month of sites, in order; ``first`` and ``last`` are days.

        A week or a month is given whole where any day of it is asked for.
        """
        with self._explained():
            yield from series.visits_series(self.db, site_ids, period, first, last)

    def visit_findings(
        self, site_id: str, first: date | None = None, last: date | None = None
    ) -> list[tuple[str, str]]:
        """What a site's counters gave away besides visits: day and sentence, by day."""
        with self._explained():
            return series.visit_findings(self.db, site_id, first, last)

    def totals(self) -> Totals:
        """How much the archive holds."""
        with self._explained():
            return totals.totals(self.db)
