"""What waits for a person about masters, apprentices and talks."""

from collections.abc import Sequence
from datetime import UTC, datetime

from craftsmen import apprenticeship_reads, talks
from foundation.people.sessions import SignedIn
from foundation.work.todo import Todo


async def rows(user: SignedIn) -> Sequence[Todo]:
    """Everything that waits for the hat this person wears."""
    now = datetime.now(UTC)
    return [*await apprenticeship_reads.due(user, now), *await talks.due(user, now)]
