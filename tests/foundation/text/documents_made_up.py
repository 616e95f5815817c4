"""Documents for the tests of searching: a few proposals of the made-up province, each with its facets."""

from foundation.store.transactions import transaction
from foundation.text import index
from foundation.text.index import Document

PUBLIC = (("public",),)


def proposal(item: int, words: str, *facets: str, value: int | None = None, **more: object) -> Document:
    """A proposal that everybody may see."""
    return Document("proposal", item, words, ("public", *facets), value, **more)  # type: ignore[arg-type]


async def put(*documents: Document) -> None:
    async with transaction():
        await index.put(*documents)


async def remove(kind: str, *items: int) -> None:
    async with transaction():
        await index.remove(kind, items)
