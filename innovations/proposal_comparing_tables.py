"""Which proposals of a sheet are much like another, and how far a sheet is compared. Columns and their meaning only."""

from typing import Any

from piccolo.columns import ForeignKey, Integer, Serial, SmallInt
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from innovations.proposal_tables import Proposal


class ProposalComparison(Table, tablename="proposal_comparison"):
    """A sheet of proposals that is visible is compared, from its newest document to its oldest."""

    id: Serial
    sheet = Integer()  # foundation.process: Sheet.id; unique
    job = Integer()  # the newest one
    # The document below which it goes on (its number in the index). Null: it has not begun; 0: nothing is left.
    before: Any = Integer(null=True, default=None)
    done = Integer(default=0)  # proposals
    total = Integer()


class ProposalAlike(Table, tablename="proposal_alike"):
    """The one that a proposal of a sheet is most like; a pair within a sheet stands once. Goes with either of them."""

    id: Serial
    sheet = Integer()
    proposal = ForeignKey(references=Proposal, on_delete=OnDelete.cascade, null=False)  # unique
    other = ForeignKey(references=Proposal, on_delete=OnDelete.cascade, null=False)
    likeness = SmallInt()  # thousandths, rounded down: terms that both have, of all that either has


TABLES: list[type[Table]] = [ProposalComparison, ProposalAlike]
