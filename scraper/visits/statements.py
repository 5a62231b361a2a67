"""What readings state about the curve: each line of a box is the growth since some midnight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scraper.visits.calendar import SUNDAY, WeekStart, month_start, week_start, weekday
from scraper.visits.findings import Finding, FindingKind
from scraper.visits.lines import Claim, claims_of, clash, suspects
from scraper.visits.points import Frame, Point, Voice
from scraper.visits.readings import DAY, MONTH, TOTAL, WEEK, Reading

# Which line of which epoch, counted from which day (0: from the counter's own zero).
FrameKey = tuple[int, str, int]
# Before every place: for readings of a counter that is not known to have been reset.
ALWAYS = (-1, "")
YESTERDAY = "yesterday"
# Visits that do not come by chance after days without any.
_MANY = 30


@dataclass(slots=True)
class Dated:
    """A reading with the portal's ``day`` it speaks of and the ``epoch`` of its counter.

    If the counter was reset or moved before, that happened between the places ``broken`` and
    ``since``, of the last reading before and the first after. Of the time between the two what the
    box says need not be whole, and of the time before it knows nothing. A reading that is not
    ``believed``, as its day is unclear, only speaks against others.
    """

    reading: Reading
    day: int
    epoch: int
    since: tuple[int, str] = ALWAYS
    broken: tuple[int, str] = ALWAYS
    believed: bool = True


@dataclass(slots=True)
class Statements:
    """Everything the readings state: counts by frame, and the least that some days had."""

    frames: dict[FrameKey, Frame] = field(default_factory=dict)
    floors: dict[int, tuple[int, Voice]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def frame(self, key: FrameKey) -> Frame:
        """The frame of that key, made when it is new."""
        found = self.frames.get(key)
        if found is None:
            _, line, day = key
            start = day - 1 if line == YESTERDAY else day
            found = self.frames[key] = Frame(None if line == TOTAL else 2 * start)
        return found

    def floor(self, day: int, visits: int | None, voice: Voice) -> None:
        """Note that ``day`` had at least so many visits."""
        if visits and visits > self.floors.get(day, (0, voice))[0]:
            self.floors[day] = (visits, voice)


def state(dated: list[Dated], weeks: Mapping[int, WeekStart | None]) -> Statements:
    """Collect what readings state.

    ``weeks`` has the start of the week by epoch, ``None`` where it is unknown; the lines
    "this week" of epochs that it does not name are left out.
    """
    found = Statements()
    claims = [
        claims_of(
            item.reading,
            item.day,
            weeks.get(item.epoch),
            use_week=item.epoch in weeks,
        )
        for item in dated
    ]
    keys = [_frame_key(item, weeks) for item in dated]
    beginnings = {
        (key, own[0].level)
        for item, key, own in zip(dated, keys, claims, strict=True)
        if own and item.believed and _begins_anew(own, item.reading)
    }
    for item, key, own in zip(dated, keys, claims, strict=True):
        if item.believed:
            _state(item, key, own, beginnings, found)
        elif key is not None:
            _contradict(item, key, own, found)
    _contradict_yesterdays(dated, found)
    return found


def _begins_anew(claims: list[Claim], reading: Reading) -> bool:
    """Whether nobody came on the first days of the month or week, and then many.

    More likely nothing was counted before: the counter is new.
    """
    if len(claims) < 2 or claims[0].level != claims[1].level:
        return False
    lowest = [claim.position for claim in claims if claim.level == claims[0].level]
    return lowest[-1] - lowest[0] > 1 and reading.high - claims[0].level >= _MANY


def _state(
    item: Dated,
    key: FrameKey | None,
    claims: list[Claim],
    beginnings: set[tuple[FrameKey | None, int]],
    found: Statements,
) -> None:
    doubtful = _doubtful_lines(item, claims, found)
    if doubtful is None:
        return
    reading, day = item.reading, item.day
    _state_yesterday(item, found)
    if key is None:
        return
    frame = found.frame(key)
    _add_moments(frame, reading, day)
    if item.broken == ALWAYS and not doubtful and not beginnings:
        for position, level, _, says in claims:
            frame.claim(position, level, Voice(reading, says))
        return
    for claim in claims:
        if (claim.position, "") > item.broken:
            whole = (claim.position, "") > item.since or claims[0].level < claim.level
            whole = whole and (key, claim.level) not in beginnings
            believed = whole and claim.line not in doubtful
            frame.claim(claim.position, claim.level, Voice(reading, claim.says, believed=believed))
            if not whole and claim.line not in doubtful:
                _state_floor(item, claim, found)


def _contradict(item: Dated, key: FrameKey, claims: list[Claim], found: Statements) -> None:
    """Let a reading that is not believed speak against others."""
    frame = found.frame(key)
    for claim in claims:
        if (claim.position, "") > item.broken:
            voice = Voice(item.reading, claim.says, believed=False)
            frame.claim(claim.position, claim.level, voice)


def _doubtful_lines(item: Dated, claims: list[Claim], found: Statements) -> set[str] | None:
    """The lines of a box that are not believed; ``None`` if its total is not, either."""
    reading = item.reading
    doubtful: set[str] = set()
    others = claims
    if reading.zero:
        doubtful = {"today", YESTERDAY}
        others = [claim for claim in claims if claim.line not in doubtful]
    # A total that somebody wrote anew may be less than the month's visits; no other may.
    lines = clash(others, reading, from_zero=item.broken == ALWAYS)
    if lines is None:
        return doubtful
    facts: dict[str, str | int] = {"lines": lines}
    day, witnesses = date.fromordinal(reading.day), (reading.witness("all lines"),)
    found.findings.append(Finding(FindingKind.SELF_CONTRADICTION, day, facts, witnesses))
    if clash(others, reading, from_zero=False) is None:
        return None
    return doubtful | suspects(others, reading)


def _state_floor(item: Dated, claim: Claim, found: Statements) -> None:
    """Nothing was counted before ``claim``: the counter may have begun anew since.

    The line may then be of a part of its time, so it is the least there was.
    """
    reading = item.reading
    if claim.line == "today":
        found.floor(item.day, reading.last[1], Voice(reading, claim.line, at_end=True))
    elif claim.line == "yesterday":
        found.floor(item.day - 1, reading.yesterday, Voice(reading, claim.line))


def _state_yesterday(item: Dated, found: Statements) -> None:
    """Without "today" the line "yesterday" stands by itself: a day, wherever the curve was."""
    reading, day = item.reading, item.day
    if reading.day_start is None and (2 * (day - 1), "") > item.since:
        _claim_yesterday(item, found.frame(_yesterday_key(item)), believed=True)


def _contradict_yesterdays(dated: list[Dated], found: Statements) -> None:
    """Where "yesterday" stands by itself, let the other readings of that day have their say."""
    if not any(line == YESTERDAY for _, line, _ in found.frames):
        return
    for item in dated:
        frame = found.frames.get(_yesterday_key(item))
        if frame is not None and item.reading.day_start is not None:
            _claim_yesterday(item, frame, believed=False)


def _yesterday_key(item: Dated) -> FrameKey:
    return item.epoch, YESTERDAY, item.day


def _claim_yesterday(item: Dated, frame: Frame, *, believed: bool) -> None:
    if item.reading.yesterday is not None:
        voice = Voice(item.reading, YESTERDAY, believed=believed)
        frame.claim(2 * (item.day - 1), 0, voice)
        frame.claim(2 * item.day, item.reading.yesterday, voice)


def _frame_key(item: Dated, weeks: Mapping[int, WeekStart | None]) -> FrameKey | None:
    base, day = item.reading.base, item.day
    if base == TOTAL:
        return item.epoch, base, 0
    if base == MONTH:
        return item.epoch, base, month_start(day)
    if base == DAY:
        return item.epoch, base, day
    if base == WEEK and item.epoch in weeks:
        week = weeks[item.epoch]
        # From Monday to Saturday it is the same week, whenever it begins.
        if week is not None or weekday(day) != SUNDAY:
            return item.epoch, base, week_start(day, week or WeekStart.MONDAY)
    return None


def _add_moments(frame: Frame, reading: Reading, day: int) -> None:
    position = 2 * day + 1
    voice = Voice(reading, reading.base)
    frame.moments.append(Point(position, reading.first[0], reading.low, [voice]))
    if reading.last is not reading.first:
        voice = Voice(reading, reading.base, at_end=True)
        frame.moments.append(Point(position, reading.last[0], reading.high, [voice]))
