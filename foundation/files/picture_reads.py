"""Pictures as pages show them, and one rendition as it is sent. Reads alone.

A rendition for everyone is found only by its code, and only while its picture is published: asked each time, so that
a revoked one is gone in every process with the COMMIT that revoked it.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foundation.base.problem import NotFound
from foundation.files import stored
from foundation.files.tables import Picture, Rendition

MEDIA_TYPES: Mapping[str, str] = {"avif": "image/avif", "webp": "image/webp"}

Size = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture for a page. `width` and `height` are the clean original's; `offered` has the sizes of each
    (shape, format), smallest first."""

    id: int
    file_id: int
    code: str
    alt: str
    width: int
    height: int
    focus: tuple[int, int]
    published: bool
    offered: Mapping[tuple[str, str], Sequence[Size]]

    def formats(self, shape: str) -> list[str]:
        """The formats of a shape, the better one first."""
        return [name for name in MEDIA_TYPES if (shape, name) in self.offered]

    def sizes(self, shape: str, format: str = "webp") -> Sequence[Size]:  # noqa: A002
        return self.offered.get((shape, format), ())

    def widths(self, shape: str, format: str = "webp") -> list[int]:  # noqa: A002
        return [width for width, _ in self.sizes(shape, format)]

    def largest(self, shape: str) -> Size:
        """Width and height for a page that keeps the place free."""
        return self.sizes(shape)[-1]

    def address(self, shape: str, width: int, format: str = "webp") -> str:  # noqa: A002
        """Of one rendition, below `/pictures/`; it answers while the picture is published."""
        return f"/pictures/{self.code}/{shape}-{width}.{format}"


@dataclass(frozen=True, slots=True)
class Sent:
    """One rendition as it is sent: its content is fetched by its digest."""

    sha256: str
    media_type: str
    size: int

    @property
    def etag(self) -> str:
        return f'"{self.sha256[:32]}"'

    async def content(self) -> bytes:
        """Raises `FileDamagedError`."""
        return await asyncio.to_thread(stored.content_of, self.sha256)


def address(shown: ShownPicture, shape: str, width: int, format: str = "webp") -> str:  # noqa: A002
    """The public address of one rendition."""
    return shown.address(shape, width, format)


async def shown(picture_ids: Collection[int], *, also_hidden: bool = False) -> dict[int, ShownPicture]:
    """Pictures by id; without those that are not published, unless they are asked for by who may see them."""
    if not picture_ids:
        return {}
    wanted = sorted(set(picture_ids))
    query = Picture.select().where(Picture.id.is_in(wanted))
    if not also_hidden:
        query = query.where(Picture.published == True)  # noqa: E712 - SQL
    rows = await query
    offered: dict[int, dict[tuple[str, str], list[Size]]] = {row["id"]: {} for row in rows}
    for one in await (
        Rendition.select(Rendition.picture, Rendition.shape, Rendition.format, Rendition.width, Rendition.height)
        .where(Rendition.picture.is_in(sorted(offered) or [0]))
        .order_by(Rendition.width)
    ):
        offered[one["picture"]].setdefault((one["shape"], one["format"]), []).append((one["width"], one["height"]))
    return {row["id"]: _shown(row, offered[row["id"]]) for row in rows}


async def public_rendition(code: str, shape: str, width: int, format: str) -> Sent:  # noqa: A002
    """One rendition of a published picture, by its address. Raises NotFound."""
    row = await _found(
        Rendition.picture.code == code,
        Rendition.picture.published == True,  # noqa: E712 - SQL
        Rendition.shape == shape,
        Rendition.width == width,
        Rendition.format == format,
    )
    return _sent(row)


async def hidden_rendition(picture_id: int, shape: str, width: int, format: str) -> Sent:  # noqa: A002
    """One rendition of any picture, for who was allowed to see it. Raises NotFound."""
    row = await _found(
        Rendition.picture == picture_id,
        Rendition.shape == shape,
        Rendition.width == width,
        Rendition.format == format,
    )
    return _sent(row)


async def _found(*where: Any) -> dict[str, Any]:
    row = await Rendition.select(Rendition.sha256, Rendition.format, Rendition.size).where(*where).first()
    if row is None:
        raise NotFound
    return row


def _sent(row: Mapping[str, Any]) -> Sent:
    return Sent(row["sha256"], MEDIA_TYPES[row["format"]], row["size"])


def _shown(row: Mapping[str, Any], offered: Mapping[tuple[str, str], Sequence[Size]]) -> ShownPicture:
    return ShownPicture(
        id=row["id"],
        file_id=row["file"],
        code=row["code"],
        alt=row["alt"],
        width=row["width"],
        height=row["height"],
        focus=(row["focus_x"], row["focus_y"]),
        published=row["published"],
        offered=offered,
    )
