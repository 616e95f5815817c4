"""How the rest of the registry names a nomination (`nomination:<address>`), and whose it is: for a notice about it.

Knows the address and the unit's place in the tree; an address tells nothing of the person, and no name is read here.
"""

from craftsmen.nomination_tables import Nomination
from craftsmen.rules.nomination_steps import Stage
from foundation.process.openings import register_place

KIND = "nomination"


def about(address: str) -> str:
    """As a notice in the registry names the nomination at this address."""
    return f"{KIND}:{address}"


async def _owner(address: str) -> str | None:
    """The unit's path; None for one that is withdrawn, was not chosen, or that a worker still keeps to themselves."""
    row = (
        await Nomination.select(Nomination.unit.path.as_alias("path"))
        .where(
            Nomination.address == address,
            Nomination.own.eq(False) | Nomination.handed_over_at.is_not_null(),
            Nomination.stage.not_in([Stage.WITHDRAWN.value, Stage.NOT_CHOSEN.value]),
        )
        .first()
    )
    return str(row["path"]) if row else None


register_place(KIND, "/nominations/{}", _owner)
