"""Pictures: the only writer of `Picture` and `Rendition`.

What was uploaded is opened in a process of its own and thrown away; kept are its clean original and its renditions,
which carry nothing but pixels. A picture is hidden until it is published, and its address is dead once it is revoked.
A picture that nothing uses (`hang`) and that is not published is swept after a day.
"""

import asyncio
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import features

from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.secrets import new_code
from foundation.files import contents, media, stored, uses, workshop
from foundation.files.kinds import JPEG
from foundation.files.limits import PICTURE
from foundation.files.names import clean_name, plain_name
from foundation.files.tables import Picture, Rendition
from foundation.files.uploaders import Uploader, actor_of
from foundation.store import generations, ledger
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

LONGEST_ALT = 200
FOCUS = (500, 400)  # per mille: where a face is, most often
CROPS = ("portrait", "square")
NOBODY = 0  # in place of an account: whoever sent it has none, and what it hangs on says who may see it
FORMATS = ("avif", "webp") if features.check("avif") else ("webp",)  # the better one first, as pages offer them

Focus = tuple[int, int]


def check(alt: str, focus: Focus) -> list[Problem]:
    """What is wrong with what was said of a picture; at the fields `alt` and `focus`."""
    problems = []
    if not alt.strip():
        problems.append(Problem("picture_alt_missing", "alt"))
    elif len(alt.strip()) > LONGEST_ALT:
        problems.append(Problem("picture_alt_long", "alt", {"most": str(LONGEST_ALT)}))
    if not all(0 <= each <= 1000 for each in focus):
        problems.append(Problem("picture_focus", "focus"))
    return problems


async def keep_picture(  # noqa: PLR0917 - a picture is all of these
    name: str,
    content: bytes | Path,
    alt: str,
    by: Uploader,
    now: datetime,
    focus: Focus = FOCUS,
    field: str = "picture",
) -> int:
    """Make and store a picture of an upload of `by`; answers its id. It is hidden, and hangs on nothing yet.

    `alt` says in words what it shows, `focus` (per mille from left and top) what crops keep in view. Raises Refused
    with everything that is wrong. Opens its own transaction, after the work on the picture.
    """
    problems = check(alt, focus)
    if problems:
        try:
            await asyncio.to_thread(stored.check, name, content, field, PICTURE.most, PICTURE.kinds)
        except Refused as refusal:
            problems = [*refusal.problems, *problems]
        raise Refused(*_as_picture(problems))
    return await keep_undescribed(name, content, by, now, focus, field, alt=alt)


async def keep_undescribed(  # noqa: PLR0917
    name: str,
    content: bytes | Path,
    by: Uploader,
    now: datetime,
    focus: Focus = FOCUS,
    field: str = "picture",
    *,
    alt: str = "",
) -> int:
    """The same for a form whose other fields are still wrong: it is not published before `describe`."""
    try:
        kind = await asyncio.to_thread(stored.check, name, content, field, PICTURE.most, PICTURE.kinds)
    except Refused as refusal:
        raise Refused(*_as_picture(refusal.problems)) from refusal
    with media.bench() as folder:
        source = content if isinstance(content, Path) else folder / "upload"
        if isinstance(content, bytes):
            await asyncio.to_thread(media.write, source, content)
        task = {"work": "picture", "source": str(source), "format": workshop.DECODERS[kind], "folder": str(folder)}
        made = await _made({**task, "focus": list(focus), "formats": list(FORMATS)}, name, field)
        original, parts = await asyncio.to_thread(_measured, folder, made["files"], "original.jpg")
        await contents.put([original, *parts])
        async with transaction():
            await contents.claim([original, *parts])
            file_id = await stored.add(
                original, clean_name(Path(plain_name(name)).stem, JPEG.endings), JPEG.media_type, by, now
            )
            row = Picture(
                file=file_id, width=made["width"], height=made["height"], alt=alt.strip(), focus_x=focus[0],
                focus_y=focus[1], code=new_code(), published=False, published_for="", revoked_at=None,
            )  # fmt: skip
            await row.save()
            await _add_renditions(int(row.id), made["files"], parts)
            _record(int(row.id), "picture.kept", actor_of(by), {"file": file_id})
    return int(row.id)


async def refocus(picture_id: int, focus: Focus, by: Uploader = 0) -> None:
    """Cut the crops anew around another point. Raises NotFound, Refused.

    Opens its own transaction: the cutting takes a second, in which nobody else's writing shall wait.
    """
    if problems := check("-", focus):
        raise Refused(*problems)
    row = await _row(picture_id)
    file = await stored.facts(row["file"])
    with media.bench() as folder:
        task = {"work": "crops", "source": str(media.place(file.sha256)), "folder": str(folder)}
        asked = {"focus": list(focus), "shapes": list(CROPS), "formats": list(FORMATS)}
        made = await _made({**task, **asked}, file.name, "focus")
        _, parts = await asyncio.to_thread(_measured, folder, made["files"])
        await contents.put(parts)
        async with transaction():
            await _lock(picture_id)
            await contents.claim(parts)
            await Rendition.delete().where(Rendition.picture == picture_id, Rendition.shape.is_in(list(CROPS)))
            await _add_renditions(picture_id, made["files"], parts)
            await Picture.update({Picture.focus_x: focus[0], Picture.focus_y: focus[1]}).where(Picture.id == picture_id)
            _changed(picture_id, "picture.refocused", by, {"x": focus[0], "y": focus[1]})


async def describe(picture_id: int, alt: str, by: Uploader = 0) -> None:
    """Say in words what a picture shows, inside the caller's transaction. Raises NotFound, Refused."""
    await _lock(picture_id)
    if problems := check(alt, FOCUS):
        raise Refused(*problems)
    await Picture.update({Picture.alt: alt.strip()}).where(Picture.id == picture_id)
    _changed(picture_id, "picture.described", by, {})


async def pending(picture_id: int, by: Uploader) -> None:
    """Raise NotFound unless it is a hidden picture of one's own that hangs on nothing yet."""
    row = await _row(picture_id)
    if row["published"]:
        raise NotFound
    await stored.pending(row["file"], by)


async def hang(picture_id: int, about: str, role: str) -> None:
    """Say that `about` uses a picture, inside the caller's transaction: it is not swept then. Raises NotFound."""
    row = await _row(picture_id)
    await uses.hang(row["file"], about, role)


async def unhang(picture_ids: Collection[int], about: str) -> None:
    """End what `about` uses of these pictures, inside the caller's transaction; one that it does not use stays so."""
    if picture_ids:
        rows = await Picture.select(Picture.file).where(Picture.id.is_in(sorted(picture_ids)))
        await uses.unhang(about, file_ids=[row["file"] for row in rows])


async def publish(picture_id: int, about: str = "", by: int = 0) -> None:
    """Let everyone see a picture, inside the caller's transaction; `about` is what shows it. Raises NotFound, Refused.

    Published again after it was revoked it gets a new address: the old one stays dead.
    """
    await _lock(picture_id)
    row = await _row(picture_id)
    if row["published"]:
        return
    if problems := check(row["alt"], FOCUS):
        raise Refused(*problems)
    code = row["code"] if row["revoked_at"] is None else new_code()
    await Picture.update(
        {Picture.published: True, Picture.published_for: about, Picture.code: code, Picture.revoked_at: None}
    ).where(Picture.id == picture_id)
    _changed(picture_id, "picture.published", by, {"for": about})


async def revoke(picture_id: int, by: int = 0, now: datetime | None = None) -> None:
    """Take a picture's address away for good, inside the caller's transaction. Raises NotFound."""
    await _lock(picture_id)
    row = await _row(picture_id)
    if not row["published"]:
        return
    await Picture.update({Picture.published: False, Picture.revoked_at: now or datetime.now(UTC)}).where(
        Picture.id == picture_id
    )
    _changed(picture_id, "picture.revoked", by, {})


async def forget(file_id: int) -> list[str]:
    """Remove the picture of a file that is being swept, in the sweep's transaction; answers its contents' digests."""
    row = await Picture.select(Picture.id).where(Picture.file == file_id).first()
    if row is None:
        return []
    gone = await Rendition.delete().where(Rendition.picture == row["id"]).returning(Rendition.sha256)
    await Picture.delete().where(Picture.id == row["id"])
    _record(row["id"], "picture.swept", "system", {})
    return [each["sha256"] for each in gone]


async def _made(task: dict[str, Any], name: str, field: str) -> dict[str, Any]:
    try:
        return await workshop.work(task)
    except workshop.UnfitPicture as unfit:
        raise Refused(Problem(unfit.code, field, {"name": plain_name(name)})) from unfit


def _measured(folder: Path, files: Sequence[dict[str, Any]], original: str = "") -> tuple[media.Part, list[media.Part]]:
    parts = [media.measure(folder / file["file"]) for file in files]
    return media.measure(folder / original) if original else parts[0], parts


async def _add_renditions(picture_id: int, files: Sequence[dict[str, Any]], parts: Sequence[media.Part]) -> None:
    await Rendition.insert(
        *(
            Rendition(
                picture=picture_id, shape=file["shape"], width=file["width"], height=file["height"],
                format=file["format"], sha256=part.sha256, size=part.size,
            )
            for file, part in zip(files, parts, strict=True)
        )
    )  # fmt: skip


def _as_picture(problems: Sequence[Problem]) -> list[Problem]:
    """A kind that is no picture's is told in words of pictures."""
    return [
        Problem("picture_kind", problem.field, problem.params) if problem.code == "file_kind" else problem
        for problem in problems
    ]


async def _lock(picture_id: int) -> None:
    if not await lock_row(Picture, picture_id):
        raise NotFound


async def _row(picture_id: int) -> dict[str, Any]:
    row = await Picture.select().where(Picture.id == picture_id).first()
    if row is None:
        raise NotFound
    return row


def _changed(picture_id: int, act: str, by: Uploader, payload: dict[str, Any]) -> None:
    generations.bump(f"picture:{picture_id}")
    _record(picture_id, act, actor_of(by) if by else "system", payload)


def _record(picture_id: int, act: str, actor: str, payload: dict[str, Any]) -> None:
    ledger.record(stream=f"picture:{picture_id}", act=act, actor=actor, payload=payload)
