"""Whether the same thing was paid for before: shown with its evidence, decided by people. Pure.

An application is compared with everything that got money or a prize, in any round, contest and year: the same
innovation (or one that is linked as the same), the same patent, the same person, the same studio.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from foundation.base.problem import Problem


class Same(StrEnum):
    """What both have in common, the weightiest first."""

    INNOVATION = "innovation"
    PATENT = "patent"
    STUDIO = "studio"
    PERSON = "person"


class Word(StrEnum):
    """What people decide of an application and earlier money."""

    SEPARATE = "separate"  # another matter: both may be paid for
    SAME = "same"  # it was paid for: this application is not eligible


WEIGHTY = frozenset({Same.INNOVATION, Same.PATENT})
"""What must be decided before an application is admitted. That people or a studio had money before is only shown."""
LONGEST_REASON = 500


class Funded(msgspec.Struct, frozen=True):
    """Something that asks for money or got it.

    `what` names it as a reference of the registry ("subsidy:2025-1/17"), `year` when, `amount` in fen (0 for a prize
    without money). Innovations, studios and persons are ids of the registry; patents their numbers as written.
    """

    what: str
    year: int
    amount: int = 0
    innovations: frozenset[int] = frozenset()
    patents: frozenset[str] = frozenset()
    studios: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()


class Overlap(msgspec.Struct, frozen=True):
    """One thing in common with something that was funded before; `of` is the id or the patent's number."""

    same: Same
    of: str
    what: str
    year: int
    amount: int


def patent_number(written: str) -> str:
    """A patent's number without what people write around it: "ZL 2023 1 0456789.X" and "202310456789.x" are one."""
    kept = "".join(one for one in written.upper() if one.isascii() and one.isalnum())
    return kept.removeprefix("ZL").removeprefix("CN")


def overlaps(asking: Funded, before: Iterable[Funded]) -> list[Overlap]:
    """Everything in common, weightiest first, then the newest; never the application with itself."""
    found = [overlap for one in before if one.what != asking.what for overlap in _common(asking, one)]
    order = list(Same)
    return sorted(found, key=lambda one: (order.index(one.same), -one.year, one.what, one.of))


def word_problems(word: str, reason: str) -> list[Problem]:
    """What is wrong with a decision as it was typed."""
    problems = [] if word in set(Word) else [Problem("subsidy_overlap_word", "word")]
    if not reason:
        problems.append(Problem("subsidy_overlap_reason", "reason"))
    elif len(reason) > LONGEST_REASON:
        problems.append(Problem("subsidy_long", "reason", {"most": str(LONGEST_REASON)}))
    return problems


def hindrances(found: Iterable[Overlap], words: Mapping[str, Word]) -> list[Problem]:
    """Why an application cannot be admitted yet; `words` by `Overlap.what`, as they were decided last."""
    weighty = {one.what for one in found if one.same in WEIGHTY}
    problems = []
    if open_ones := [what for what in weighty if what not in words]:
        problems.append(Problem("subsidy_overlap_undecided", "word", {"count": str(len(open_ones))}))
    if any(words.get(what) is Word.SAME for what in weighty):
        problems.append(Problem("subsidy_overlap_same", "word"))
    return problems


def _common(asking: Funded, one: Funded) -> Sequence[Overlap]:
    patents = {patent_number(each) for each in asking.patents} & {patent_number(each) for each in one.patents}
    common = [
        (Same.INNOVATION, asking.innovations & one.innovations),
        (Same.PATENT, patents - {""}),
        (Same.STUDIO, asking.studios & one.studios),
        (Same.PERSON, asking.persons & one.persons),
    ]
    return [Overlap(same, str(of), one.what, one.year, one.amount) for same, both in common for of in both]
