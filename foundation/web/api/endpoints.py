"""What a handler below /api says of itself, so that its description is made from it: `api=Endpoint(…)`.

Knows no address: that is the handler's own. Words are English sentences marked with `N_`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from foundation.base.problem import N_

TEXT: Mapping[str, Any] = {"type": "string"}
YEAR: Mapping[str, Any] = {"type": "integer", "minimum": 1, "maximum": 9999}
NUMBER: Mapping[str, Any] = {"type": "integer", "minimum": 1, "maximum": 999_999_999}


@dataclass(frozen=True, slots=True)
class Ask:
    """A parameter of the query; none of them is needed."""

    name: str
    what: str
    schema: Mapping[str, Any] = field(default_factory=lambda: TEXT)


BEFORE = Ask("before", N_("Where the next page goes on: what `next` of the page before says."))

SINCE = Ask(
    "changed_since",
    N_(
        "A time, as “changed_at” says it: what changed then or later. The order stays, the newest made first, so that "
        "nothing is missed or told twice while you page. Next time ask for the time at which you began, less five "
        "minutes."
    ),
    {
        "type": "string",
        "pattern": "^20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
        "([.][0-9]{1,6})?(Z|[ +-](0[0-9]|1[0-4]):[0-5][0-9])$",
    },
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation. `answer` and `body` are msgspec structs.

    `page` is the public page with the same content, with the path's own parameters: while it is suspended, so is this.
    """

    group: str
    summary: str
    answer: Any
    asks: tuple[Ask, ...] = ()
    body: Any = None
    form: bool = False  # the body is a form with a file (multipart/form-data), not JSON
    status: int = 200
    says: str = ""
    page: str = ""
    example: Mapping[str, Any] | None = None  # of a body, for the curl line
