"""What in the registry is much like an entry, as its reviewer may know it: likeness is asked of what they read.

Of a blind round year, likeness and the words in common only, for a title or code would lead to unit and names.
"""

from foundation.base.problem import NotFound
from innovations import innovation_index
from innovations.innovation_index import Alike
from innovations.review_desk import Desk, Entry, Task
from innovations.review_tables import ReviewTask


async def alike_of(desk: Desk, task: Task, entry: Entry) -> list[Alike]:
    """What was handed in below the round's union, or is public, and is much like the entry of one's own task."""
    row = await (
        ReviewTask.select(ReviewTask.entry.innovation.as_alias("innovation"))
        .where(ReviewTask.id == task.id, ReviewTask.seat == desk.seat)
        .first()
    )
    if row is None:
        raise NotFound
    words = "\n".join([entry.title, *(text for _, text in entry.blind.sections)])
    union, blind = desk.round.organisation_id, desk.round.rules.blind
    return await innovation_index.like_version(row["innovation"], words, union, blind=blind)
