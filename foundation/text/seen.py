"""What a person may see: groups of facets, of each of which a document needs one, and batches that are hidden now.

Pure; the caller's permissions say which groups. Written for the index, and as SQL on the facets of documents whose
ids came from elsewhere. Nobody says nothing: no groups at all is a mistake, and is refused.
"""

from collections.abc import Sequence
from typing import Any

from foundation.text import documents, expression
from foundation.text.expression import Expression, Token

Seen = Sequence[Sequence[str]]
EVERYTHING: Seen = (("",),)  # nothing is kept from the asker but hidden batches


def shown(seen: Seen, kinds: Sequence[str], hidden: Sequence[str]) -> Expression:
    """As the index is asked. Raises ValueError where nobody said what may be seen."""
    if not seen:
        raise ValueError("A search needs to know what may be seen.")
    groups: list[Sequence[Token]] = [[_facet(facet) for facet in group] for group in seen]
    if kinds:
        groups.append([documents.kind_facet(kind) for kind in kinds])
    return Expression().also(*groups).but(*([documents.batch_facet(batch)] for batch in hidden))


def condition(wish: Expression) -> tuple[str, list[Any]]:
    """The same as SQL on `text_document` that begins with AND, with `{}` for each value."""
    sql, values = "", []
    for group in wish.every:
        if not group:
            return " AND 1 = 0", []
        parts = []
        for token in group:
            part, given = _like(token)
            parts.append(part)
            values += given
        sql += f" AND ({' OR '.join(parts)})"
    for (token,) in wish.none:
        part, given = _like(token)
        sql, values = f"{sql} AND NOT {part}", [*values, *given]
    return sql, values


def _like(token: Token) -> tuple[str, list[Any]]:
    facet = token.text[1:]
    if token.text == expression.ALL:
        return "1 = 1", []
    if facet.startswith("k."):
        return "kind = {}", [facet[2:]]
    return "facets LIKE {} ESCAPE '!'", [f"% {facet.replace('_', '!_')} %"]


def _facet(text: str) -> Token:
    return expression.facet(text) if text else Token(expression.ALL)
