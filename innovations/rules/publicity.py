"""What everyone may see of an innovation, by what its unit said. Pure.

Public: the library shows it; internal: nobody outside the unions sees that there is one. Of the benefit only what was
verified is ever shown: as a figure, as a band, or not at all.
"""

from collections.abc import Sequence
from enum import StrEnum

from foundation.base.problem import N_

FEN_A_WAN = 1_000_000  # 万元 in fen


class Publicity(StrEnum):
    """Who may know of it."""

    PUBLIC = "public"
    INTERNAL = "internal"


class BenefitShown(StrEnum):
    """How a verified benefit is shown."""

    FIGURE = "figure"
    BAND = "band"
    HIDDEN = "hidden"


BANDS: Sequence[tuple[int, str]] = (
    (1000 * FEN_A_WAN, N_("10 million yuan and more")),
    (500 * FEN_A_WAN, N_("5 to 10 million yuan")),
    (100 * FEN_A_WAN, N_("1 to 5 million yuan")),
    (50 * FEN_A_WAN, N_("500,000 to 1 million yuan")),
    (10 * FEN_A_WAN, N_("100,000 to 500,000 yuan")),
    (1 * FEN_A_WAN, N_("10,000 to 100,000 yuan")),
    (1, N_("less than 10,000 yuan")),
)
"""From so many fen upwards. Wide enough that no band tells whose benefit it is."""


def band(fen: int) -> str:
    """The words of the band in which a benefit lies; empty where there is none."""
    return next((words for least, words in BANDS if fen >= least), "")


def shown_benefit(verified: int | None, how: BenefitShown) -> tuple[int | None, str]:
    """(fen or None, words of a band or ""): what may be shown of a verified benefit."""
    if verified is None or how is BenefitShown.HIDDEN:
        return None, ""
    return (verified, "") if how is BenefitShown.FIGURE else (None, band(verified))


def is_public(publicity: Publicity, cleared: bool, awarded: bool) -> bool:
    """Whether the library shows it: its unit said so, looked it through for secrets, and a round awarded it."""
    return publicity is Publicity.PUBLIC and cleared and awarded
