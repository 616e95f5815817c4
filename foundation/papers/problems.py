"""What can be wrong with something that is going to be printed, in sentences."""

from foundation.base.problem import N_
from foundation.papers import sheet_problems

SENTENCES: dict[str, str] = {
    **sheet_problems.SENTENCES,
    "paper_characters": N_(
        "These characters cannot be printed, because no font here has them: %(characters)s. "
        "Write them as the ID card does, or print the form from Word and enter them by hand."
    ),
    "paper_too_long": N_("This takes too long to print. Divide it into several parts."),
    "paper_leaf_full": N_(
        "Page %(leaf)s of the folded form does not fit on one side. Shorten it, or print the form on A4."
    ),
}
