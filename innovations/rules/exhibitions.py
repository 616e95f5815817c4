"""An exhibition of innovations (职工创新成果交流): its way, its halls, its talks, and the forms of all that. Pure.

An exhibit has a number of its own (展位号) that runs through all halls; halls stand in the order of their first one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from enum import StrEnum

from foundation.base.letters import half_width
from foundation.base.problem import N_, Problem

LONGEST = {"name": 100, "intro": 4000, "hall": 60, "title": 200, "speaker": 100, "place": 100}
MOST_EXHIBITS = 999
YEARS = range(1949, 2101)  # a browser takes 26 for the year 0026
NAMELESS = "–"  # the hall of what nobody knows the place of, being published no more


class Stage(StrEnum):
    """Where an exhibition stands."""

    DRAFT = "draft"
    PUBLIC = "public"
    OVER = "over"  # stays to be read


STAGES: Mapping[Stage, str] = {
    Stage.DRAFT: N_("being prepared"),
    Stage.PUBLIC: N_("shown to everyone"),
    Stage.OVER: N_("over, to be looked back at"),
}

STEPS: Mapping[tuple[str, Stage], Stage] = {
    ("show", Stage.DRAFT): Stage.PUBLIC,
    ("hide", Stage.PUBLIC): Stage.DRAFT,
    ("close", Stage.PUBLIC): Stage.OVER,
    ("show", Stage.OVER): Stage.PUBLIC,
}


class By(StrEnum):
    """How halls are proposed."""

    CITY = "city"
    INDUSTRY = "industry"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class ExhibitionDraft:
    """An exhibition as it is written."""

    name: str
    starts_on: date
    ends_on: date
    intro: str


@dataclass(frozen=True, slots=True)
class TalkDraft:
    """A talk (论坛); times are aware."""

    title: str
    speaker: str
    place: str
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class Item:
    """A published innovation as halls are made of it; `order` is the city's place among cities."""

    innovation: int
    city: str
    order: int
    field: str


@dataclass(frozen=True, slots=True)
class Placed:
    """Where an innovation stands."""

    innovation: int
    hall: str
    number: int


def after(step: str, stage: Stage) -> Stage | Problem:
    """The stage after a step, or why it cannot be taken now."""
    return STEPS.get((step, stage)) or Problem("exhibition_step_late")


def proposed(items: Sequence[Item], by: By, words: Mapping[str, str]) -> list[Placed]:
    """Halls by city, by industry or by both, numbered through; `words` are what an industry is called.

    Cities in their order, industries by their letter, innovations in the order in which they came.
    """

    def hall(one: Item) -> tuple[int, str, str]:
        field = words.get(one.field, "")
        if by is By.CITY:
            return one.order, "", one.city
        if by is By.INDUSTRY:
            return 0, one.field, field or one.city
        return one.order, one.field, "·".join(part for part in (one.city, field) if part)

    ordered = sorted(items, key=lambda one: (hall(one)[:2], one.innovation))
    names = [(hall(one)[2] or NAMELESS)[: LONGEST["hall"]] for one in ordered]
    return [Placed(one.innovation, names[number - 1], number) for number, one in enumerate(ordered, 1)]


def read_exhibition(values: Mapping[str, str]) -> tuple[ExhibitionDraft | None, list[Problem]]:
    """An exhibition from its form, or everything that is wrong with it."""
    name, intro = " ".join(values.get("name", "").split()), values.get("intro", "").strip()
    problems = [] if name else [Problem("exhibition_name", "name")]
    problems += [_long(field, text) for field, text in (("name", name), ("intro", intro)) if len(text) > LONGEST[field]]
    starts, ends = _day(values, "starts_on", problems), _day(values, "ends_on", problems)
    if starts is not None and ends is not None and ends < starts:
        problems.append(Problem("exhibition_days", "ends_on"))
    if problems or starts is None or ends is None:
        return None, problems
    return ExhibitionDraft(name, starts, ends, intro), []


def read_places(values: Mapping[str, str], innovations: Sequence[int]) -> tuple[list[Placed], list[Problem]]:
    """Halls and numbers as they were typed (`hall-7`, `number-7`); an innovation without a hall is taken off."""
    placed: list[Placed] = []
    problems: list[Problem] = []
    taken: dict[int, int] = {}
    for one in innovations:
        hall, text = " ".join(values.get(f"hall-{one}", "").split()), half_width(values.get(f"number-{one}", ""))
        if not hall:
            continue
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
        if len(hall) > LONGEST["hall"]:
            problems.append(Problem("exhibition_long", f"hall-{one}", {"most": str(LONGEST["hall"])}))
        if not 0 < number <= MOST_EXHIBITS:
            problems.append(Problem("exhibit_number", f"number-{one}", {"most": str(MOST_EXHIBITS)}))
        elif number in taken:
            problems.append(Problem("exhibit_number_twice", f"number-{one}", {"number": str(number)}))
        taken[number] = one
        placed.append(Placed(one, hall, number))
    return ([], problems) if problems else (placed, [])


def read_talk(values: Mapping[str, str], zone: tzinfo) -> tuple[TalkDraft | None, list[Problem]]:
    """A talk from its form (`on`, `from`, `until` in the registry's zone), or everything that is wrong with it."""
    texts = {name: " ".join(values.get(name, "").split()) for name in ("title", "speaker", "place")}
    problems = [Problem(f"exhibition_talk_{name}", name) for name in ("title", "place") if not texts[name]]
    problems += [_long(name, text) for name, text in texts.items() if len(text) > LONGEST[name]]
    day = _day(values, "on", problems)
    begins, ends = _time(values, "from", problems), _time(values, "until", problems)
    if begins is not None and ends is not None and ends <= begins:
        problems.append(Problem("exhibition_talk_hours", "until"))
    if problems or day is None or begins is None or ends is None:
        return None, problems
    hours = (datetime.combine(day, one, zone) for one in (begins, ends))
    return TalkDraft(texts["title"], texts["speaker"], texts["place"], *hours), []


def _day(values: Mapping[str, str], name: str, problems: list[Problem]) -> date | None:
    try:
        day = date.fromisoformat(half_width(values.get(name, "")))
    except ValueError:
        day = date.min
    if day.year in YEARS:
        return day
    problems.append(Problem("exhibition_day", name))
    return None


def _time(values: Mapping[str, str], name: str, problems: list[Problem]) -> time | None:
    try:
        return time.fromisoformat(half_width(values.get(name, ""))).replace(tzinfo=None)
    except ValueError:
        problems.append(Problem("exhibition_time", name))
        return None


def _long(field: str, text: str) -> Problem:
    return Problem("exhibition_long", field, {"most": str(LONGEST[field])})
