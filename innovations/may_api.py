"""What a token of a unit's own system may do with proposals and innovations: this package's scopes, one list.

Each goes through a permission that a clerk of the unit has, for the rows of that unit alone.
"""

from foundation.base.problem import N_
from foundation.people.scopes import Scope
from innovations.may import HANDLE_PROPOSALS, KEEP_INNOVATIONS

READ_PROPOSALS = Scope("proposals:read", N_("read the unit's proposals and what became of them"), HANDLE_PROPOSALS)
WRITE_PROPOSALS = Scope(
    "proposals:write", N_("hand in proposals of its workers, answer them, state what they brought"), HANDLE_PROPOSALS
)
READ_INNOVATIONS = Scope("innovations:read", N_("read the unit's innovations"), KEEP_INNOVATIONS)

SCOPES = (READ_PROPOSALS, WRITE_PROPOSALS, READ_INNOVATIONS)
