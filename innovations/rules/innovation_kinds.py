"""Kinds of innovations and what their forms ask, as data. Pure.

五小 are 小发明, 小创造, 小革新, 小设计 and 小建议 (RULES.md); what a form of workers' innovations asks (title, people
and order, unit, field, points of innovation, benefit, patents, spread) is the custom there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.base.problem import N_


@dataclass(frozen=True, slots=True)
class Section:
    """One text of a form: its label, what helps to write it, and the most characters."""

    code: str
    label: str
    help: str
    most: int = 3000
    needed: bool = True


WRONG = Section("wrong", N_("What was wrong"), N_("The trouble before: where, how often, what it cost."))
DONE = Section("done", N_("What was done"), N_("How it works, so that somebody of the trade could do it too."))
POINTS = Section("points", N_("What is new in it"), N_("The points of innovation, one a line."), 2000)
USE = Section("use", N_("Where it is used"), N_("Since when, at which places, how many of them."), 2000)
SOCIAL = Section(
    "social", N_("What it brings besides money"), N_("Safety, quality, environment, easier work."), 2000, needed=False
)
CAUSES = Section("causes", N_("Causes"), N_("What the circle measured, and which causes it confirmed."))
MEASURES = Section("measures", N_("Measures and check"), N_("What was tried, and the figures before and after."))
KEEPING = Section("keeping", N_("How it is kept up"), N_("Which standards and instructions were changed."), 2000)
CLAIMS = Section("claims", N_("What is claimed"), N_("The claims in your own words."), 2000)
STEPS = Section("steps", N_("The method, step by step"), N_("One step a line, so that an apprentice can follow."))

_USUAL = (WRONG, DONE, POINTS, USE, SOCIAL)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of innovation; `patents`: its form insists on one at least."""

    code: str
    name: str
    sections: Sequence[Section]
    patents: bool = False


KINDS: Mapping[str, Kind] = {
    one.code: one
    for one in (
        Kind("renovation", N_("Technical renovation"), _USUAL),
        Kind("small_invention", N_("Small invention"), _USUAL),
        Kind("small_creation", N_("Small creation"), _USUAL),
        Kind("small_renovation", N_("Small renovation"), _USUAL),
        Kind("small_design", N_("Small design"), _USUAL),
        Kind("small_suggestion", N_("Small suggestion"), (WRONG, DONE, USE, SOCIAL)),
        Kind("circle", N_("Result of a quality circle (QC)"), (WRONG, CAUSES, MEASURES, KEEPING, SOCIAL)),
        Kind("patent", N_("Patent"), (WRONG, DONE, CLAIMS, USE, SOCIAL), patents=True),
        Kind("method", N_("Advanced method of work"), (WRONG, STEPS, USE, SOCIAL)),
    )
}

FIVE_SMALL = ("small_invention", "small_creation", "small_renovation", "small_design", "small_suggestion")

PAPERS: Mapping[str, str] = {
    "drawing": N_("Drawing"),
    "certificate": N_("Certificate of a patent or prize"),
    "proof": N_("Proof of benefit"),
    "report": N_("Report"),
    "consent": N_("Signatures of the authors"),
    "other": N_("Other paper"),
}

QUESTIONS: Mapping[str, str] = {
    "own": N_("It was made by the workers named here; whoever only led or paid for it is not among them."),
    "new_here": N_("It was in use for less than three years when this year began, or is not in use yet."),
    "undisputed": N_("Nobody disputes who made it, and whose right it is."),
    "lawful": N_("It breaks no rule of safety, environment or state secrets."),
}
"""What a unit answers with yes before it hands in, each quoted whole; a no is told with this same sentence."""
