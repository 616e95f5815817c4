"""Innovations as the search index has them: two documents of one innovation. Takes rows, answers documents; no query.

`innovation` is the newest version that was handed in, for its unit and the unions above, with the verified benefit and
the facets `u7` (every organisation from the federation down), `own7`, `y2025`, `k-…` (kind), `f-c` (branch), `p-…` (who
may know of it), `i7` (itself, to be left out for whoever reviews it blind), `awarded`, and `public` where the library
shows it. `shown_innovation` is made of the library's own row
and has nothing else in it: whoever is nobody's searches that alone. Both bear the innovation's id, are found by the
names of people and unit as by any word, and are compared for likeness without them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from foundation.people.organisation_tree import ancestors
from foundation.text.bands import MOST
from foundation.text.documents import Document
from foundation.text.seen import Seen
from innovations.rules.innovation_form import Author, Draft, Patent
from innovations.rules.innovation_kinds import KINDS
from innovations.rules.innovations import Stage
from innovations.rules.shown_innovation import Shown, ShownAuthor, value_of

KIND = "innovation"
SHOWN = "shown_innovation"
PUBLIC = "public"
AWARDED = "awarded"
FOR_EVERYONE: Seen = ((PUBLIC,),)  # asked of SHOWN alone

Row = Mapping[str, Any]


def document(row: Row, said: Draft, benefit: int | None, *, shown: bool) -> Document:
    """What its unit and the unions above find: `said` is the newest version, `row` one of `Innovation` with `unit`
    (its name) and `path`.
    """
    facets = [f"u{one}" for one in ancestors(row["path"])] + [f"own{row['organisation']}"]
    facets += [*_told(said.kind, said.field, said.year), f"p-{row['publicity']}", itself(row["id"])]
    facets += [AWARDED] if row["stage"] == Stage.AWARDED.value else []
    facets += [PUBLIC] if shown else []
    words = words_of_draft(said)
    named = {"person": _names(said.authors), "unit": row["unit"]}
    return Document(KIND, row["id"], words, facets, _value(benefit), named)


def shown_document(line: Row) -> Document:
    """What everyone finds, from a row of `ShownInnovation` and nothing else: a benefit where its figure is shown."""
    said: Shown = value_of(line["value"])
    units = dict.fromkeys((line["organisation"], line["city"]))
    facets = [*(f"u{one}" for one in units), f"own{line['organisation']}", *_told(said.kind, said.field, said.year)]
    words = words_of(said.title, said.kind, said.sections, said.patents)
    words = "\n".join([words, *(one.caption for one in said.pictures)])
    named = {"person": _names(said.authors), "unit": f"{said.unit} {said.city}"}
    return Document(SHOWN, line["innovation"], words, [*facets, PUBLIC, AWARDED], _value(said.benefit), named)


def itself(innovation_id: int) -> str:
    """The facet of one innovation."""
    return f"i{innovation_id}"


def words_of(title: str, kind: str, sections: Mapping[str, str], patents: Sequence[Patent] = ()) -> str:
    """What is found and what likeness is asked of: the name, the texts in the order of the form, the patents."""
    return "\n".join([title, *texts_of(kind, sections), *(one.number for one in patents)])


def words_of_draft(said: Draft) -> str:
    """The same of a draft or version."""
    return words_of(said.title, said.kind, said.body.sections, said.body.patents)


def texts_of(kind: str, sections: Mapping[str, str]) -> list[str]:
    """The texts of a form in its order."""
    return [sections[one.code] for one in KINDS[kind].sections if sections.get(one.code)]


def _told(kind: str, field: str, year: int) -> list[str]:
    return [f"y{year}", f"k-{kind}", *([f"f-{field.lower()}"] if field else [])]


def _names(authors: Sequence[Author] | Sequence[ShownAuthor]) -> str:
    return " ".join(one.name for one in authors)


def _value(fen: int | None) -> int | None:
    """What ranges are asked of; what cost more than it brought is in none."""
    return fen if fen is not None and 0 <= fen <= MOST else None
