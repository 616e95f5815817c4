"""What the public sees of a craftsman: one frozen value, made of facts and consents. Pure.

The page, its preview, the poster, the article and the API all show this value and nothing else, so what is
previewed is what is public. A part without consent is not in it. Nobody under 18, or whose birth date is not known,
has a page; other people (apprentices, masters) are named only where they agreed themselves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import msgspec

LONGEST_HEADLINE = 60  # characters of a sentence that still stands under a portrait


class Stage(StrEnum):
    """Where the text of a page stands."""

    DRAFT = "draft"
    APPROVED = "approved"  # may be shown, as far as the craftsman consents
    HIDDEN = "hidden"  # an officer keeps it back


@dataclass(frozen=True, slots=True)
class ShownTitle:
    """A title that the page shows. `given_on` is 2026, 2026-05 or 2026-05-01."""

    address: str
    title: str
    verb: str
    body: str
    document: str
    given_on: str
    edition: int = 0
    family: str = ""
    posthumous: bool = False


@dataclass(frozen=True, slots=True)
class Work:
    """Something they made or brought about, in a line."""

    year: str
    text: str


@dataclass(frozen=True, slots=True)
class Photograph:
    """A picture of foundation.files by its id, and what it shows."""

    picture: int
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Trick:
    """Learn one trick (学一招): a technique in three pictures."""

    title: str
    steps: tuple[Photograph, ...] = ()


def _pictures(portrait: int | None, photographs: Sequence[Photograph], trick: Trick | None) -> tuple[int, ...]:
    shown = [*photographs, *(trick.steps if trick else ())]
    return ((portrait,) if portrait else ()) + tuple(one.picture for one in shown)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody else on the page: named only where `name` is not empty."""

    name: str
    skill: str = ""
    page: str = ""


@dataclass(frozen=True, slots=True)
class PublicView:
    """A craftsman's page, whole."""

    address: str
    name: str
    gender: str
    unit: str
    city: str
    county: str
    trade: str
    industry: str
    headline: str
    titles: tuple[ShownTitle, ...]
    portrait: int | None = None
    story: tuple[str, ...] = ()
    works: tuple[Work, ...] = ()
    photographs: tuple[Photograph, ...] = ()
    trick: Trick | None = None
    won: tuple[ShownTitle, ...] = ()  # contests
    innovations: tuple[ShownTitle, ...] = ()
    apprentices: tuple[Person, ...] = ()
    apprentices_unnamed: int = 0
    masters: tuple[Person, ...] = ()

    @property
    def pictures(self) -> tuple[int, ...]:
        """Every picture that the page shows: what must be published, and nothing else of this person."""
        return _pictures(self.portrait, self.photographs, self.trick)

    @property
    def title(self) -> ShownTitle:
        """The title for which there is this page: a page is called as its first honour; else the newest."""
        return next((title for title in self.titles if title.address == self.address), self.titles[0])

    @property
    def speaks(self) -> bool:
        """Whether they can be asked for a talk: whoever has a page, but who was honoured after death."""
        return not any(title.posthumous for title in self.titles)


@dataclass(frozen=True, slots=True)
class Text:
    """What is written for a page, consented to or not."""

    headline: str = ""
    story: str = ""
    works: tuple[Work, ...] = ()
    trick: Trick | None = None
    portrait: int | None = None
    photographs: tuple[Photograph, ...] = ()

    @property
    def pictures(self) -> tuple[int, ...]:
        """Every picture of it."""
        return _pictures(self.portrait, self.photographs, self.trick)


@dataclass(frozen=True, slots=True)
class Who:
    """Whose page it is: as they were when they were honoured last, by the name they have."""

    address: str
    name: str
    gender: str = ""
    unit: str = ""
    city: str = ""
    county: str = ""
    trade: str = ""
    industry: str = ""


PARTS = ("name", "portrait", "story", "works", "trick", "apprentices")
"""What is consented to, one by one; the codes of `foundation.people.consents.THINGS`."""


def public_view(
    who: Who,
    text: Text | None,
    titles: Sequence[ShownTitle],
    consents: Mapping[str, bool],
    *,
    adult: bool,
    apprentices: Sequence[Person] = (),
    masters: Sequence[Person] = (),
) -> PublicView | None:
    """The page as everyone may see it, or None where there is none.

    `text` is what was approved, None where nothing may be shown; `titles` are the conferred ones that stand in the
    register, and without one of their own there is no page.
    """
    own = [title for title in titles if title.family not in ("contest", "innovation")]
    if not adult or not consents.get("name") or text is None or not own:
        return None
    story, works = bool(consents.get("story")), bool(consents.get("works"))
    together = bool(consents.get("apprentices"))
    named = tuple(person for person in apprentices if person.name)
    return PublicView(
        address=who.address,
        name=who.name,
        gender=who.gender,
        unit=who.unit,
        city=who.city,
        county=who.county,
        trade=who.trade,
        industry=who.industry,
        headline=text.headline if story else "",
        titles=tuple(own),
        portrait=text.portrait if consents.get("portrait") else None,
        story=paragraphs(text.story) if story else (),
        works=text.works if works else (),
        photographs=text.photographs if works else (),
        trick=text.trick if consents.get("trick") else None,
        won=tuple(title for title in titles if title.family == "contest"),
        innovations=tuple(title for title in titles if title.family == "innovation"),
        apprentices=named if together else (),
        apprentices_unnamed=len(apprentices) - len(named) if together else 0,
        masters=tuple(person for person in masters if person.name) if together else (),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """A text as it is set: paragraphs without blank lines between them."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def view_text(view: PublicView) -> str:
    """The one text of a view, as it is stored."""
    return plain(view)


def view_of(text: str) -> PublicView:
    """The view of a text of ours."""
    return msgspec.json.decode(text, type=PublicView)


def text_of(stored: str) -> Text:
    """What was approved, from a profile's column."""
    return msgspec.json.decode(stored, type=Text)


def works_of(stored: str) -> tuple[Work, ...]:
    """The works of a profile's column."""
    return msgspec.json.decode(stored, type=tuple[Work, ...]) if stored else ()


def trick_of(title: str, steps: Sequence[Photograph]) -> Trick | None:
    """The trick, where it has a name."""
    return Trick(title, tuple(steps)) if title else None


def plain(value: Any) -> str:
    """The one text of works, a trick or a whole text, as it is stored."""
    return msgspec.json.encode(value).decode()


def name_tokens(folded: str, letters: Sequence[str], initials: str) -> tuple[str, ...]:
    """What finds a name: every ending of its characters, of its sounds, and the first letters.

    `folded` is the name as names are compared, `letters` the spelling of each of its endings. A search is a
    beginning of one of these: 砚秋, yanqiu, fengyan, fyq.
    """
    endings = [folded[place:] for place in range(len(folded))]
    found = [*endings, *letters, initials]
    return tuple(dict.fromkeys(token[:64] for token in found if token))
