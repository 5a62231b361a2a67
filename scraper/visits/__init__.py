"""Visits per day from what portals' "Truy cập" boxes said: counters in, days out.

Pure: no SQL, no I/O, no clock. ``docs/visits.md`` explains the method. :func:`daily_visits` is the
short way; :func:`site_visits` tells also what was found out, and :func:`refresh` works out only
what new snapshots change.
"""

from scraper.visits.calendar import WeekStart
from scraper.visits.days import Basis, Day, Evidence, Gap
from scraper.visits.findings import Finding, FindingKind, Witness
from scraper.visits.history import METHOD, VIETNAM, daily_visits, refresh, site_visits
from scraper.visits.results import SiteVisits, VisitsState
from scraper.visits.snapshots import Snapshot, SnapshotError, in_order, utc
from scraper.visits.sources import SnapshotList, SnapshotSource

__all__ = [
    "METHOD",
    "VIETNAM",
    "Basis",
    "Day",
    "Evidence",
    "Finding",
    "FindingKind",
    "Gap",
    "SiteVisits",
    "Snapshot",
    "SnapshotError",
    "SnapshotList",
    "SnapshotSource",
    "VisitsState",
    "WeekStart",
    "Witness",
    "daily_visits",
    "in_order",
    "refresh",
    "site_visits",
    "utc",
]
