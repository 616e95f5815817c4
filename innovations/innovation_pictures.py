"""Pictures of an innovation: the only writer of `InnovationPicture`.

All are hidden here; `library` publishes those of an innovation that everyone may see, and takes them back. A picture
is the unit's own until it is handed in with a version (`since`).
"""

from dataclasses import dataclass
from datetime import datetime

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import picture_reads, pictures
from foundation.files.picture_reads import ShownPicture
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import innovations, library
from innovations.innovation_papers import check_open
from innovations.innovation_tables import InnovationPicture

MOST = 12
LONGEST_CAPTION = 200
FIELD = "pictures"


@dataclass(frozen=True, slots=True)
class Captioned:
    """A picture and what stands below it."""

    picture: ShownPicture
    caption: str
    since: int | None = None  # the version that it was handed in with


@tried_again
async def add(  # noqa: PLR0917 - a picture is all of these
    innovation_id: int, picture_id: int, alt: str, caption: str, by: int, now: datetime
) -> None:
    """Hang a picture that was kept on an innovation, with its words. Raises Refused, NotFound."""
    async with transaction():
        row = await innovations.locked(innovation_id)
        await check_open(row, FIELD, "picture")
        caption = caption.strip()
        if problems := caption_problems(caption):
            raise Refused(*problems)
        count = int(await InnovationPicture.count().where(InnovationPicture.innovation == innovation_id))
        if count >= MOST:
            raise Refused(Problem("innovation_pictures_many", "picture", {"most": str(MOST)}))
        await pictures.describe(picture_id, alt, by)
        await pictures.hang(picture_id, innovations.subject(innovation_id), FIELD)
        await InnovationPicture(
            innovation=innovation_id, picture=picture_id, caption=caption, position=count + 1, since=None
        ).save()
        await innovations.touch(row, {}, now)
        innovations.record(innovation_id, "picture_in", by, {"picture": picture_id})


def caption_problems(caption: str) -> list[Problem]:
    """What is wrong with what stands below a picture."""
    if (length := len(caption.strip())) <= LONGEST_CAPTION:
        return []
    return [Problem("innovation_long", "caption", {"most": str(LONGEST_CAPTION), "length": str(length)})]


@tried_again
async def take_off(innovation_id: int, picture_id: int, by: int, now: datetime) -> None:
    """Take a picture off, and out of public if it was there; a second time is once. Raises Refused, NotFound."""
    async with transaction():
        row = await innovations.locked(innovation_id)
        await check_open(row, FIELD, "picture")
        gone = await (
            InnovationPicture.delete()
            .where(InnovationPicture.innovation == innovation_id, InnovationPicture.picture == picture_id)
            .returning(InnovationPicture.id)
        )
        if gone:
            await pictures.unhang([picture_id], innovations.subject(innovation_id))
            await innovations.touch(row, {}, now)
            innovations.record(innovation_id, "picture_off", by, {"picture": picture_id})
            await library.refresh(innovation_id, now)


async def of(innovation_id: int, *, own: bool) -> list[Captioned]:
    """The pictures of an innovation that was loaded; those that were handed in, where it is not the reader's `own`."""
    query = InnovationPicture.select().where(InnovationPicture.innovation == innovation_id)
    if not own:
        query = query.where(InnovationPicture.since.is_not_null())
    rows = await query.order_by(InnovationPicture.id)
    found = await picture_reads.shown([row["picture"] for row in rows], also_hidden=True)
    return [Captioned(found[row["picture"]], row["caption"], row["since"]) for row in rows if row["picture"] in found]


async def one(innovation_id: int, picture_id: int, *, own: bool) -> int:
    """The picture's id, where it is one of `of`. Raises NotFound."""
    if picture_id not in {each.picture.id for each in await of(innovation_id, own=own)}:
        raise NotFound
    return picture_id
