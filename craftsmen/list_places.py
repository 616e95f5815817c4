"""The city and county that a line of a list names, found in the union tree. Reads only.

A sheet says 南昌市 and 青云谱区; the tree has 南昌市总工会 with the short name 南昌. Of a county that several cities
have, the line's city decides. Industries are read here too, by the words that lists of units use.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from craftsmen.honour_filling import CHANNELS, COUNTIES
from foundation.base.problem import Problem
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.people.organisation_words import read_word

Found = tuple[int | None, int | None, list[Problem]]  # city, county, what is wrong
_ENDINGS = ("总工会", "工会联合会", "工会", "")
_SHORT = ("市", "县", "区")


async def places(lines: Iterable[Mapping[str, str]], within_path: str) -> dict[tuple[str, str], Found]:
    """City and county by what lines say of them ("", "" for nothing); one statement however many they are."""
    said = {(line.get("city", ""), line.get("county", "")) for line in lines}
    texts = {text for pair in said for text in pair if text}
    rows = await _rows(texts, within_path) if texts else []
    return {pair: _found(*pair, rows) for pair in said}


async def _rows(texts: set[str], within_path: str) -> list[dict[str, Any]]:
    names = sorted({called for text in texts for called in _calls(text)})
    columns = (Organisation.id, Organisation.name, Organisation.short_name, Organisation.kind, Organisation.path)
    rows: list[dict[str, Any]] = (
        await Organisation.select(*columns)
        .where(
            below(Organisation.path, within_path),
            Organisation.kind.is_in([kind.value for kind in (*CHANNELS, *COUNTIES)]),
            Organisation.name.is_in(names) | Organisation.short_name.is_in(names),
        )
        .order_by(Organisation.id)
    )
    return rows


def _calls(text: str) -> set[str]:
    """Everything that the organisation may be called of which a sheet says `text`."""
    base = text.removesuffix("总工会")
    bases = {base, *(base.removesuffix(end) for end in _SHORT if len(base) > 2)}
    return {one + end for one in bases for end in _ENDINGS} | {f"{base}{end}总工会" for end in _SHORT}


def industry_of(given: Mapping[str, str]) -> tuple[str, list[Problem]]:
    """The section of GB/T 4754 that a line names ("C", "制造业"); "" for none."""
    text = given.get("industry", "")
    section = read_word("industry", text)
    return section or "", [] if section is not None else [Problem("list_industry", "industry", {"text": text[:40]})]


def _found(city_text: str, county_text: str, rows: list[dict[str, Any]]) -> Found:
    problems: list[Problem] = []
    cities = _called(city_text, rows, CHANNELS)
    city = cities[0] if len(cities) == 1 else None
    if city_text and city is None:
        problems.append(Problem("list_place_unknown", "city", {"text": city_text[:40]}))
    counties = _called(county_text, rows, COUNTIES)
    if city is not None:
        counties = [one for one in counties if one["path"].startswith(city["path"])]
    county = counties[0] if len(counties) == 1 else None
    if county_text and county is None:
        problems.append(Problem("list_place_unknown", "county", {"text": county_text[:40]}))
    return city["id"] if city else None, county["id"] if county else None, problems


def _called(text: str, rows: list[dict[str, Any]], kinds: Iterable[str]) -> list[dict[str, Any]]:
    calls = _calls(text) if text else set()
    wanted = set(kinds)
    return [row for row in rows if row["kind"] in wanted and calls & {row["name"], row["short_name"] or ""}]
