"""What can be wrong, as data: a code, the place, and the values a sentence needs.

Knows no language: `foundation/web` and the command line turn a problem into a sentence with the
`SENTENCES` of the package that found it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made_by


def N_(text: str) -> str:  # noqa: N802 - the name gettext's extractors look for
    """Mark a sentence for translation without translating it yet."""
    return text


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what somebody gave.

    `code` is a key of a package's `SENTENCES`; `field` names the place (a form field, or
    `marks.csv:17`), empty for the whole; `params` are the values the sentence shows, as text.
    """

    code: str
    field: str = ""
    params: Mapping[str, str] = made_by(default_factory=dict)


class Refused(Exception):  # noqa: N818 - a refusal is an answer to the person, not an error of the program
    """A writer's "no": nothing was saved, and each problem is told to the person."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = problems


class NotFound(Exception):  # noqa: N818 - an answer, like Refused
    """There is nothing at this address for this person; a stranger and a wrong address look the same."""
