"""What everyone reads of a published innovation, as one frozen value made by a list of what may be shown. Pure.

Nothing else of an innovation is in it: no shares, no papers, no answers, no unverified figure.
"""

from collections.abc import Collection, Mapping, Sequence

import msgspec

from innovations.rules.innovation_form import Draft, Patent
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.publicity import BenefitShown, shown_benefit


class ShownAuthor(msgspec.Struct, frozen=True):
    """Somebody who made it; `unit` only where it is another than the innovation's."""

    name: str
    unit: str = ""
    part: str = ""


class ShownPicture(msgspec.Struct, frozen=True):
    """A picture by its id, and what stands below it."""

    picture: int
    caption: str = ""


class Travel(msgspec.Struct, frozen=True):
    """A unit that took it over, as its makers agreed; `learned_from` is another unit than they, where it was one."""

    unit: str
    city: str
    year: int
    month: int
    result: str
    learned_from: str = ""


class Shown(msgspec.Struct, frozen=True):
    """The public page of an innovation. `benefit` is fen, `band` the English words of a band; one of them at most."""

    title: str
    kind: str
    field: str
    year: int
    unit: str
    city: str
    sections: Mapping[str, str]
    authors: tuple[ShownAuthor, ...]
    patents: tuple[Patent, ...] = ()
    benefit: int | None = None
    band: str = ""
    pictures: tuple[ShownPicture, ...] = ()
    travels: tuple[Travel, ...] = ()


def shown(  # noqa: PLR0917 - a page is all of these
    draft: Draft,
    unit: str,
    city: str,
    pictures: Sequence[ShownPicture],
    verified: int | None,
    how: BenefitShown,
    travels: Sequence[Travel] = (),
    unnamed: Collection[int] = (),
) -> Shown:
    """What of a version that was handed in everyone may read; nobody by the record of a worker who is `unnamed`."""
    benefit, band = shown_benefit(verified, how)
    known = [section.code for section in KINDS[draft.kind].sections]
    return Shown(
        title=draft.title,
        kind=draft.kind,
        field=draft.field,
        year=draft.year,
        unit=unit,
        city=city,
        sections={code: draft.body.sections[code] for code in known if draft.body.sections.get(code)},
        authors=tuple(ShownAuthor(one.name, one.unit, one.part) for one in draft.authors if one.worker not in unnamed),
        patents=draft.body.patents,
        benefit=benefit,
        band=band,
        pictures=tuple(pictures),
        travels=tuple(travels),
    )


def text_of(value: Shown) -> str:
    """As it is kept."""
    return msgspec.json.encode(value, order="deterministic").decode()


def value_of(text: str) -> Shown:
    """As it was kept."""
    return msgspec.json.decode(text, type=Shown)
