"""What visits per day need beside their table: findings, state, own requests, views for analysts.

Triggers note which counters changed since visits were last worked out, whoever changed them.
"""

from __future__ import annotations

from sqlite_utils import Database


def create(db: Database) -> None:
    """Create findings, state, triggers, the index of own requests and the views."""
    _create_findings(db)
    _create_state(db)
    _widen_visits(db)
    _create_triggers(db)
    # A day's own requests are counted from this index alone.
    db.execute("CREATE INDEX idx_captures_own ON captures (site, source, fetched_at)")
    _create_daily(db)
    _create_period(db, "visits_weekly", "week", _WEEK, "7")
    _create_period(db, "visits_monthly", "month", _MONTH, _DAYS_OF_MONTH)
    _create_views_read(db)


def add_method(db: Database) -> None:
    """Add the method's version to the state; what was worked out before is of none."""
    db.table("visits_state").add_column("method", int)


def _create_findings(db: Database) -> None:
    # `facts` is a JSON object, `witnesses` a JSON list of the readings that the finding rests on.
    db.create_table(
        "visit_findings",
        {
            "id": int,
            "site": str,
            "day": str,
            "kind": str,
            "message": str,
            "facts": str,
            "witnesses": str,
        },
        pk="id",
        not_null=["site", "day", "kind", "message", "facts", "witnesses"],
        foreign_keys=[("site", "sites", "id")],
        strict=True,
    )
    findings = db.table("visit_findings")
    for columns in (["site", "day"], ["day"], ["kind"]):
        findings.create_index(columns)


def _create_state(db: Database) -> None:
    # `votes` is what working out visits remembers; `due_from` to `due_to` are the times of the
    # counters, and `requests_from` that of the first capture, that were stored since.
    db.create_table(
        "visits_state",
        {
            "site": str,
            "votes": str,
            "week_start": str,
            "due_from": str,
            "due_to": str,
            "requests_from": str,
        },
        pk="site",
        not_null=["site"],
        foreign_keys=[("site", "sites", "id")],
        strict=True,
    )
    # An archive that has counters already: all of them are due.
    db.execute(
        "INSERT INTO visits_state (site, due_from, due_to) "
        "SELECT site, min(observed_at), max(observed_at) FROM counters GROUP BY site"
    )


def _widen_visits(db: Database) -> None:
    # Days from `gap_first` to `gap_last` of which the sum is known: what periods are summed by.
    for column, kind in (("gap_first", "TEXT"), ("gap_last", "TEXT"), ("gap_visits", "INTEGER")):
        db.execute(f"ALTER TABLE visits ADD COLUMN {column} {kind}")


def _create_triggers(db: Database) -> None:
    for event, rows in (("insert", ("new",)), ("update", ("old", "new")), ("delete", ("old",))):
        body = " ".join(
            f"INSERT INTO visits_state (site, due_from, due_to) "
            f"VALUES ({row}.site, {row}.observed_at, {row}.observed_at) "
            "ON CONFLICT (site) DO UPDATE SET "
            "due_from = min(coalesce(due_from, excluded.due_from), excluded.due_from), "
            "due_to = max(coalesce(due_to, excluded.due_to), excluded.due_to);"
            for row in rows
        )
        db.execute(
            f"CREATE TRIGGER counters_due_{event} AFTER {event.upper()} ON counters "
            f"BEGIN {body} END"
        )
    db.execute(
        "CREATE TRIGGER captures_own AFTER INSERT ON captures WHEN new.source = 'live' BEGIN "
        "INSERT INTO visits_state (site, requests_from) VALUES (new.site, new.fetched_at) "
        "ON CONFLICT (site) DO UPDATE SET requests_from = excluded.requests_from "
        "WHERE requests_from IS NULL OR requests_from > excluded.requests_from; END"
    )


def _create_daily(db: Database) -> None:
    db.create_view(
        "visits_daily",
        "SELECT site, day, (strftime('%w', day) + 6) % 7 + 1 AS weekday, "
        f"{_WEEK} AS week, {_MONTH} AS month, visits, low, high, basis, own_requests, "
        "max(low - coalesce(own_requests, 0), 0) AS others_low, "
        "gap_first, gap_last, gap_visits, "
        "(SELECT count(*) FROM visit_findings AS f WHERE f.site = v.site AND f.day = v.day) "
        "AS findings FROM visits AS v",
    )


# ISO 8601: a week begins on Monday, whatever the portal's own box counts as a week.
_WEEK = "date(day, 'weekday 0', '-6 days')"
_MONTH = "substr(day, 1, 7)"
_DAYS_OF_MONTH = (
    "CAST(julianday(date(month || '-01', '+1 month')) - julianday(month || '-01') AS INTEGER)"
)


def _create_period(db: Database, name: str, period: str, of_day: str, length: str) -> None:
    """Sums of weeks or months that use what is known of gaps, not only each day's bounds.

    Days of a gap that lies within the period add the gap's sum; of one that is cut by the period's
    edge, at most what the days outside leave. Without a known day there is no row.
    """
    parts = (
        f"SELECT site, {of_day} AS {period}, gap_visits, count(*) AS days, "
        "sum(basis = 'exact') AS exact_days, sum(basis = 'interval') AS interval_days, "
        "sum(low) AS low, sum(high) AS high, count(high) AS highs, "
        "sum(own_requests) AS own_requests, "
        "count(*) = julianday(gap_last) - julianday(gap_first) + 1 AS whole, "
        "sum(sum(low)) OVER (PARTITION BY site, gap_first) - sum(low) AS low_outside, "
        "sum(sum(high)) OVER (PARTITION BY site, gap_first) - sum(high) AS high_outside "
        f"FROM visits WHERE basis <> 'none' GROUP BY site, {of_day}, gap_first"
    )
    bounds = (
        f"SELECT site, {period}, days, exact_days, interval_days, own_requests, "
        "CASE WHEN gap_visits IS NULL THEN low WHEN whole THEN gap_visits "
        "ELSE max(low, gap_visits - high_outside) END AS low, "
        "CASE WHEN gap_visits IS NULL THEN CASE WHEN highs = days THEN high END "
        "WHEN whole THEN gap_visits ELSE min(high, gap_visits - low_outside) END AS high "
        f"FROM ({parts})"
    )
    # Windows, not GROUP BY: through a second GROUP BY SQLite does not push the condition on `site`
    # down to the table, and would sum up all portals for one.
    sums = (
        f"SELECT site, {period}, sum(days) OVER p AS known_days, "
        "sum(exact_days) OVER p AS exact_days, sum(interval_days) OVER p AS interval_days, "
        "sum(low) OVER p AS low, "
        f"CASE WHEN sum(days) OVER p = {length} AND count(high) OVER p = count(*) OVER p "
        "THEN sum(high) OVER p END AS high, "
        f"sum(own_requests) OVER p AS own_requests, {length} AS days, row_number() OVER p AS nth "
        f"FROM ({bounds}) WINDOW p AS (PARTITION BY site, {period})"
    )
    db.create_view(
        name,
        f"SELECT site, {period}, CASE WHEN low = high THEN low END AS visits, low, high, "
        "CASE WHEN low = high THEN 'exact' ELSE 'interval' END AS basis, "
        "days, known_days, exact_days, interval_days, own_requests, "
        f"max(low - coalesce(own_requests, 0), 0) AS others_low FROM ({sums}) "
        "WHERE nth = 1",
    )


def _create_views_read(db: Database) -> None:
    """An article's view counts, and what to make of those that are lower than earlier ones.

    A count that is lower than an earlier one, which a later one reaches again, came from a cached
    page (stale). One that no later count makes good began anew (reset).
    """
    stale = (
        "EXISTS (SELECT 1 FROM article_views AS e JOIN article_views AS l ON l.article = e.article "
        "WHERE e.article = v.article AND e.observed_at < v.observed_at AND e.views > v.views "
        "AND l.observed_at > v.observed_at AND l.views >= e.views)"
    )
    steps = (
        "SELECT *, lag(views) OVER (PARTITION BY article, stale ORDER BY observed_at) AS before "
        f"FROM (SELECT article, observed_at, views, capture, {stale} AS stale "
        "FROM article_views AS v)"
    )
    db.create_view(
        "article_views_read",
        "SELECT article, observed_at, views, capture, "
        "CASE WHEN stale THEN 'stale' WHEN views < before THEN 'reset' END AS note, "
        f"CASE WHEN NOT stale AND views >= before THEN views - before END AS gained FROM ({steps})",
    )
