"""Attachments of circulars and announcements: the only writer of `Attachment`, and its readers.

Knows subjects ("circular:12") and their stage through a `Paper`; who may read an attachment is decided by who may
read what it hangs on, before this is asked.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import stored, uses
from foundation.files.limits import DOCUMENT
from foundation.process.approval import Paper, authors_of, locked_row, with_author
from foundation.process.circular_tables import Attachment
from foundation.process.rules.publishing import Stage
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns

MOST = 10  # of one document
ROLE = "attachment"


@dataclass(frozen=True, slots=True)
class AttachmentFacts:
    """One attachment; `number` stands in its address, `size` is bytes."""

    number: int
    file_id: int
    name: str
    size: int
    sha256: str

    @property
    def size_text(self) -> str:
        """As people read it: 12 KB, 1.5 MB."""
        if self.size < 1024 * 1024:
            return f"{max(1, -(-self.size // 1024))} KB"
        tenths = -(-self.size * 10 // (1024 * 1024))
        return f"{tenths // 10}.{tenths % 10} MB"


async def of(subject: str) -> list[AttachmentFacts]:
    """The attachments of "circular:12", in their order."""
    rows = await (
        Attachment.select(
            Attachment.number,
            Attachment.file,
            Attachment.file.name.as_alias("name"),
            Attachment.file.size.as_alias("size"),
            Attachment.file.sha256.as_alias("sha256"),
        )
        .where(Attachment.subject == subject)
        .order_by(Attachment.number)
    )
    return [AttachmentFacts(row["number"], row["file"], row["name"], row["size"], row["sha256"]) for row in rows]


async def read(subject: str, number: int) -> tuple[stored.FileFacts, bytes]:
    """One attachment's content. Raises NotFound."""
    return await stored.read(await file_id(subject, number))


async def file_id(subject: str, number: int) -> int:
    """The stored file of an attachment. Raises NotFound."""
    row = (
        await Attachment.select(Attachment.file)
        .where(Attachment.subject == subject, Attachment.number == number)
        .first()
    )
    if row is None:
        raise NotFound
    return int(row["file"])


async def add(  # noqa: PLR0917 - a file is name and content
    paper: Paper, row_id: int, name: str, content: bytes | Path, by: int, now: datetime
) -> None:
    """Hang a file on a draft. Raises Refused, NotFound."""
    await asyncio.to_thread(stored.check, name, content, "file", DOCUMENT.most, DOCUMENT.kinds)
    async with transaction():
        await _open(paper, row_id, by)
    kept = await stored.keep(name, content, by, now, "file", DOCUMENT.most, DOCUMENT.kinds)
    async with transaction():
        await _open(paper, row_id, by)
        subject = paper.stream(row_id)
        numbers = await Attachment.select(Attachment.number).where(Attachment.subject == subject)
        if len(numbers) >= MOST:
            raise Refused(Problem("attachments_many", "file", {"most": str(MOST)}))
        number = max((row["number"] for row in numbers), default=0) + 1
        await uses.hang(kept, subject, ROLE)
        await Attachment(subject=subject, number=number, file=kept).save()
        _record(paper, row_id, "attached", by, {"number": number, "file": kept})


@tried_again
async def remove(paper: Paper, row_id: int, numbers: Sequence[int], by: int) -> None:
    """Take files off a draft; what nothing else uses is swept after a while. Raises Refused, NotFound."""
    async with transaction():
        await _open(paper, row_id, by)
        subject = paper.stream(row_id)
        gone = await (
            Attachment.delete()
            .where(Attachment.subject == subject, Attachment.number.is_in(list(numbers)))
            .returning(Attachment.number, Attachment.file)
        )
        if not gone:
            raise NotFound
        await uses.unhang(subject, ROLE, [row["file"] for row in gone])
        _record(paper, row_id, "detached", by, {"numbers": sorted(row["number"] for row in gone)})


async def _open(paper: Paper, row_id: int, by: int) -> None:
    """Still a draft, its attachments not closed by a return; whoever changes them becomes an author."""
    row = await locked_row(paper, row_id)
    if row["stage"] != Stage.DRAFT:
        raise Refused(Problem(f"publishing_at_{row['stage']}"))
    if problems := await returns.check_reopened(paper.stream(row_id), ["attachments"]):
        raise Refused(*problems)
    if by not in authors_of(row):
        key = paper.table._meta.primary_key
        await paper.table.update({"authors": with_author(row, by)}).where(key == row_id)


def _record(paper: Paper, row_id: int, act: str, by: int, payload: dict[str, object]) -> None:
    ledger.record(stream=paper.stream(row_id), act=f"{paper.name}.{act}", actor=f"account:{by}", payload=payload)
