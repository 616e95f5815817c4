"""A craftsman's public page, read: the one stored view, its lines of the register, others who are related, pictures.

Reads Shown… tables only; what is not in the view is not known here. A title whose line is hidden with its list is not
on the page, and a page without any other is none.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from piccolo.columns.combination import WhereRaw

from craftsmen import gallery
from craftsmen.gallery import Line
from craftsmen.rules.showing import PublicView, view_of
from craftsmen.showcase_tables import ShownCraftsman
from foundation.base.problem import NotFound
from foundation.files import picture_reads
from foundation.files.picture_reads import ShownPicture


@dataclass(frozen=True, slots=True)
class Craftsman:
    """Everything that the page shows; `pictures` by id, those that are published."""

    view: PublicView
    lines: tuple[Line, ...]
    related: tuple[Line, ...]
    pictures: Mapping[int, ShownPicture]
    changed_at: datetime

    @property
    def portrait(self) -> ShownPicture | None:
        return self.pictures.get(self.view.portrait or 0)


STANDS = WhereRaw(
    "EXISTS (SELECT 1 FROM shown_honour WHERE shown_honour.page = shown_craftsman.address AND "
    "(honour_list IS NULL OR honour_list IN (SELECT id FROM honour_list WHERE shown_at IS NOT NULL)))"
)
"""The condition that a page has a visible line of the register, for whoever lists pages."""


async def by_address(address: str) -> Craftsman:
    """The page at this address. Raises NotFound where there is none, or none any more."""
    row = (
        await ShownCraftsman.select(ShownCraftsman.view, ShownCraftsman.changed_at)
        .where(ShownCraftsman.address == address)
        .first()
    )
    if row is None:
        raise NotFound
    lines = await gallery.of_page(address)
    view = _visible(view_of(row["view"]), {line.address for line in lines})
    if not lines:
        raise NotFound
    related = await gallery.related(lines[0])
    wanted = {*view.pictures, *(line.portrait for line in related if line.portrait)}
    return Craftsman(view, tuple(lines), tuple(related), await picture_reads.shown(wanted), row["changed_at"])


def _visible(view: PublicView, addresses: Collection[str]) -> PublicView:
    return replace(
        view,
        titles=tuple(one for one in view.titles if one.address in addresses),
        won=tuple(one for one in view.won if one.address in addresses),
        innovations=tuple(one for one in view.innovations if one.address in addresses),
    )


async def tombstone(address: str) -> Line | None:
    """The revoked honour whose page stood at this address: a page is called as its first honour."""
    line = await gallery.by_address(address)
    return line if line is not None and line.stage != "conferred" else None
