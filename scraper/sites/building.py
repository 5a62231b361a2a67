"""From a profile's facts (the decoded file) to the compiled profile."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from scraper.sites.asking import PAGE, Asking, names_in
from scraper.sites.fault import Fault
from scraper.sites.profile import Layout, Profile, Tls
from scraper.sites.schema import COUNTS, FIELDS, KEYS, LAYOUT_KEYS, LAYOUT_TABLES
from scraper.sites.values import value_of

Facts = dict[str, Any]


def build(profile_id: str, facts: Facts) -> Profile:
    """Compile a profile.

    Raises:
        Fault: an unknown key, or a value that is not what the key holds.
    """
    checked = dict(_checked(facts))
    named = facts.get("id", profile_id)
    if named != profile_id:
        raise Fault("id", f"id is {named!r}, but a profile's id is its file's name: {profile_id!r}")
    return _made(profile_id, facts, checked, _layouts(profile_id, facts))


@lru_cache(maxsize=64)
def rebuild(profile_id: str, facts: str) -> Profile:
    """The profile of facts that were compiled before, in another process."""
    return build(profile_id, json.loads(facts))


def _made(
    profile_id: str, facts: Facts, got: dict[str, Any], layouts: tuple[Layout, ...]
) -> Profile:
    return Profile(
        id=profile_id,
        facts=json.dumps(facts, default=str, ensure_ascii=False, sort_keys=True),
        name=got.get("name", profile_id),
        generators=got.get("recognise.generator", ()),
        marks=got.get("recognise.marks", ()),
        distinctive=got.get("recognise.addresses", ()),
        hosts=got.get("recognise.hosts", ()),
        addresses=got.get("addresses.article", ()),
        listings=got.get("addresses.listing", ()),
        listed=got.get("listings.articles", ()),
        next_links=got.get("listings.next", ()),
        page_parameter=got.get("listings.page_parameter"),
        first_page=got.get("listings.first_page", 1),
        more=_asking(got, "listings.more"),
        item=_item(got),
        selectors={name: got[f"fields.{name}"] for name in FIELDS if f"fields.{name}" in got},
        date_formats=got.get("dates.formats", ()),
        counter_boxes=got.get("counters.box", ()),
        endpoint=_asking(got, "counters.endpoint"),
        count_names={
            name: got[f"counters.values.{name}"]
            for name in COUNTS
            if f"counters.values.{name}" in got
        },
        not_found=got.get("not_found.marks", ()),
        noise=got.get("noise.selectors", ()),
        encoding=got.get("page.encoding"),
        tls=_tls(got),
        layouts=layouts,
    )


def _asking(got: dict[str, Any], key: str) -> Asking | None:
    """How a script asks for what ``key`` names the address of; checks that its parts fit."""
    table = key.partition(".")[0]
    form, text = got.get(f"{table}.form"), got.get(f"{table}.json")
    posts = f"{table}.json" if form is None else f"{table}.form"
    if form is not None and text is not None:
        raise Fault(f"{table}.json", f"{table}.form and {table}.json: only one can be sent")
    if key not in got:
        if form is not None or text is not None:
            raise Fault(posts, f"{posts} is sent nowhere: {key} must say the address")
        return None
    lists = table == "listings"
    values = got.get("listings.values", {}) if lists else {}
    templates = {key: got[key], f"{table}.json": text or ""}
    templates |= {f"{table}.form.{name}": each for name, each in (form or {}).items()}
    for place, template in templates.items():
        for name in sorted(names_in(template) - values.keys() - ({PAGE} if lists else set())):
            where = "listings.values does not say" if lists else "nothing says"
            raise Fault(place, f"{place}: {where} what {{{name}}} is", template)
    if lists and PAGE not in names_in(*templates.values()):
        raise Fault(key, f"{key}: {{page}} stands nowhere, so each page would be the same one")
    return Asking(got[key], form, text, values)


def _item(got: dict[str, Any]) -> str | None:
    """The address of a JSON list's entries; without a name in it all would be the same one."""
    item: str | None = got.get("listings.item")
    if item is not None and not names_in(item):
        raise Fault("listings.item", "listings.item has no name in braces, such as {id}")
    return item


def _tls(got: dict[str, Any]) -> Tls | None:
    if not any(name.startswith("tls.") for name in got):
        return None
    return Tls(
        got.get("tls.hosts", ()),
        got.get("tls.weak_keys", False),
        got.get("tls.legacy_renegotiation", False),
        got.get("tls.reason", ""),
    )


def _layouts(profile_id: str, facts: Facts) -> tuple[Layout, ...]:
    layouts = facts.get("layouts", [])
    if not isinstance(layouts, list) or not all(isinstance(each, dict) for each in layouts):
        raise Fault("layouts", "layouts must be written as [[layouts]]")
    return tuple(
        _layout(profile_id, facts, each, f"layouts[{number}]")
        for number, each in enumerate(layouts, 1)
    )


def _layout(profile_id: str, facts: Facts, layout: Facts, key: str) -> Layout:
    own = {name: value for name, value in layout.items() if name in LAYOUT_KEYS}
    got: Facts = {
        name: value_of(f"{key}.{name}", LAYOUT_KEYS[name], value) for name, value in own.items()
    }
    tables = {name: value for name, value in layout.items() if name not in LAYOUT_KEYS}
    if wrong := sorted(set(tables) - set(LAYOUT_TABLES)):
        raise _unknown(f"{key}.{wrong[0]}", [*LAYOUT_KEYS, *LAYOUT_TABLES])
    if not {"marks", "since", "until"} & set(own):
        raise Fault(key, f"{key} has neither marks nor since nor until: it would never be chosen")
    if own.keys() >= {"since", "until"} and got["since"] > got["until"]:
        raise Fault(f"{key}.since", f"{key}.since lies after its until")
    for _ in _checked(tables, f"{key}."):
        pass  # only to name faults by the layout's keys
    whole = merged({name: value for name, value in facts.items() if name != "layouts"}, tables)
    profile = _made(profile_id, whole, dict(_checked(whole)), ())
    return Layout(
        got.get("name", key), got.get("marks", ()), got.get("since"), got.get("until"), profile
    )


def merged(base: Facts, over: Facts) -> Facts:
    """``base`` with the keys of ``over`` in place of its own; tables are merged key by key."""
    whole = dict(base)
    for name, value in over.items():
        below = whole.get(name)
        both = isinstance(value, dict) and isinstance(below, dict)
        whole[name] = merged(below, value) if both and isinstance(below, dict) else value
    return whole


def _checked(facts: Facts, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every key of the file with its compiled value; the first that is wrong raises."""
    for key, value in _flat({name: each for name, each in facts.items() if name != "layouts"}):
        if key not in KEYS:
            raise _unknown(prefix + key, [*KEYS, "layouts"])
        yield key, value_of(prefix + key, KEYS[key], value)


def _flat(table: Facts, prefix: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict) and key not in KEYS:
            if not any(known.startswith(f"{key}.") for known in KEYS):
                yield key, value
            yield from _flat(value, f"{key}.")
        else:
            yield key, value


def _unknown(key: str, known: list[str]) -> Fault:
    local = re.sub(r"^layouts\[\d+\]\.", "", key)
    near = difflib.get_close_matches(local, known, 1, 0.6)
    table = local.partition(".")[0]
    beside = [name for name in known if name.startswith(f"{table}.")] or sorted(
        {name.partition(".")[0] for name in known}
    )
    hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(beside)}"
    return Fault(key, f"{key} is no key of a profile; {hint}")
