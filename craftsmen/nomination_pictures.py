"""Portrait and photographs of nominations: the only writer of `NominationPicture` and `Nomination.portrait`.

A picture was kept by `foundation.files` before it comes here; here it is hung on the nomination, in the transaction
that saves it. All are hidden: a page that may show a nomination sends them (`routes/nomination_pictures.py`), and only
the craftsman's own page publishes one, with consent. Who may write was decided by the loader.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_tables import Nomination, NominationPicture
from craftsmen.nominations import locked
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.scan import Piece
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import picture_reads, pictures, uses
from foundation.files.picture_reads import ShownPicture
from foundation.files.uploaders import Uploader, actor_of
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns

FIELD = "pictures"  # as an auditor names what is opened again
PORTRAIT, PHOTOGRAPH = "portrait", "photograph"
ROLES = (PORTRAIT, PHOTOGRAPH)
MOST = 6  # photographs beside the portrait
LONGEST_CAPTION = 200


@dataclass(frozen=True, slots=True)
class Photograph:
    """A photograph of a nomination, in its order."""

    picture: ShownPicture
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """What a nomination shows."""

    portrait: ShownPicture | None = None
    photographs: tuple[Photograph, ...] = ()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """What is said of each of them, for the scan: what it shows, and what stands below it."""
        said = [(PORTRAIT, self.portrait.alt)] if self.portrait else []
        said += [
            (f"{PHOTOGRAPH}_{number}", "\n".join(filter(None, (each.picture.alt, each.caption))))
            for number, each in enumerate(self.photographs, 1)
        ]
        return tuple(Piece(place, text) for place, text in said if text)

    def one(self, picture_id: int) -> ShownPicture:
        """The picture with this id, where it is one of these. Raises NotFound."""
        for picture in (self.portrait, *(each.picture for each in self.photographs)):
            if picture is not None and picture.id == picture_id:
                return picture
        raise NotFound

    def caption(self, picture_id: int) -> str:
        """What stands below a photograph; "" below the portrait."""
        return next((each.caption for each in self.photographs if each.picture.id == picture_id), "")


@tried_again
async def put(  # noqa: PLR0917 - a picture is all of these
    nomination_id: int, role: str, picture_id: int, alt: str, caption: str, by: Uploader, now: datetime
) -> None:
    """Hang a kept picture of `by`: as the portrait, in the former's place, or as one more photograph.

    Raises Refused, NotFound.
    """
    if role not in ROLES:
        raise Refused(Problem("nomination_picture_role", "role"))
    _check_caption(caption)
    async with transaction():
        before = await _open(nomination_id, by)
        await pictures.pending(picture_id, by)
        if role == PHOTOGRAPH:
            rows = await NominationPicture.select(NominationPicture.position).where(
                NominationPicture.nomination == nomination_id
            )
            if len(rows) >= MOST:
                raise Refused(Problem("nomination_pictures_many", "picture", {"most": str(MOST)}))
            position = 1 + max((row["position"] for row in rows), default=0)
            await NominationPicture(
                nomination=nomination_id, picture=picture_id, caption=caption.strip(), position=position
            ).save()
        else:
            await uses.unhang(before.subject, PORTRAIT)
        await pictures.describe(picture_id, alt, by)
        await pictures.hang(picture_id, before.subject, role)
        await _note(before, "nomination.picture_in", {"role": role, "picture": picture_id}, by, now, {
            Nomination.portrait: picture_id
        } if role == PORTRAIT else {})  # fmt: skip


@tried_again
async def say(  # noqa: PLR0917 - who says what of which picture
    nomination_id: int, picture_id: int, alt: str, caption: str, by: Uploader, now: datetime
) -> None:
    """Say anew what a picture shows and what stands below it. Raises Refused, NotFound."""
    _check_caption(caption)
    async with transaction():
        before = await _open(nomination_id, by)
        (await of(before)).one(picture_id)
        await pictures.describe(picture_id, alt, by)
        await NominationPicture.update({NominationPicture.caption: caption.strip()}).where(
            NominationPicture.nomination == nomination_id, NominationPicture.picture == picture_id
        )
        await _note(before, "nomination.picture_said", {"picture": picture_id}, by, now)


async def cut(nomination: NominationFacts, picture_id: int, focus: pictures.Focus, by: Uploader) -> None:
    """Cut a picture of this nomination around another point. Raises Refused, NotFound.

    Cutting takes a second and has its own transaction; that the nomination may be written is asked before.
    """
    shown = (await of(nomination)).one(picture_id)
    await _check_open(nomination, by)
    if shown.focus != focus:
        await pictures.refocus(picture_id, focus, by)


@tried_again
async def take_off(nomination_id: int, picture_id: int, by: Uploader, now: datetime) -> None:
    """Take a picture off; a second time is once. It is swept where nothing else uses it. Raises Refused, NotFound."""
    async with transaction():
        before = await _open(nomination_id, by)
        found = await picture_reads.shown([picture_id], also_hidden=True)
        gone = await (
            NominationPicture.delete()
            .where(NominationPicture.nomination == nomination_id, NominationPicture.picture == picture_id)
            .returning(NominationPicture.id)
        )
        portrait = before.portrait == picture_id
        if picture_id not in found or not (gone or portrait):
            return
        await uses.unhang(before.subject, PORTRAIT if portrait else PHOTOGRAPH, [found[picture_id].file_id])
        await _note(before, "nomination.picture_off", {"picture": picture_id}, by, now, {
            Nomination.portrait: None
        } if portrait else {})  # fmt: skip


async def of(nomination: NominationFacts) -> Pictures:
    """The pictures of a nomination that was loaded through what its reader may see."""
    return (await of_all([nomination]))[nomination.id]


async def of_all(nominations: Sequence[NominationFacts]) -> dict[int, Pictures]:
    """The same for many, in as many queries."""
    rows = await (
        NominationPicture.select(NominationPicture.nomination, NominationPicture.picture, NominationPicture.caption)
        .where(NominationPicture.nomination.is_in([one.id for one in nominations] or [0]))
        .order_by(NominationPicture.position)
        .order_by(NominationPicture.id)
    )
    portraits = {one.id: one.portrait for one in nominations if one.portrait is not None}
    shown = await picture_reads.shown([*portraits.values(), *(row["picture"] for row in rows)], also_hidden=True)
    return {
        one.id: Pictures(
            shown.get(portraits.get(one.id, 0)),
            tuple(
                Photograph(shown[row["picture"]], row["caption"])
                for row in rows
                if row["nomination"] == one.id and row["picture"] in shown
            ),
        )
        for one in nominations
    }


async def _open(nomination_id: int, by: Uploader) -> NominationFacts:
    before = await locked(nomination_id)
    await _check_open(before, by)
    return before


async def _check_open(nomination: NominationFacts, by: Uploader) -> None:
    """Pictures change while the nomination is written, after a return where they were named. Raises Refused.

    By workers themselves until they hand it to their unit.
    """
    if nomination.stage is not Stage.DRAFT:
        raise Refused(Problem(f"nomination_at_{nomination.stage.value}"))
    if isinstance(by, str) and nomination.handed_over_at is not None:
        raise Refused(Problem("nomination_handed_over_already"))
    if problems := await returns.check_reopened(nomination.subject, [FIELD]):
        raise Refused(*problems)


def _check_caption(caption: str) -> None:
    length = len(caption.strip())
    if length > LONGEST_CAPTION:
        raise Refused(Problem("nomination_long", "caption", {"most": str(LONGEST_CAPTION), "length": str(length)}))


async def _note(  # noqa: PLR0917
    before: NominationFacts,
    act: str,
    payload: Mapping[str, Any],
    by: Uploader,
    now: datetime,
    columns: Mapping[Any, Any] | None = None,
) -> None:
    await Nomination.update({**(columns or {}), Nomination.changed_at: now}).where(Nomination.id == before.id)
    ledger.record(stream=before.subject, act=act, actor=actor_of(by), payload=payload)
