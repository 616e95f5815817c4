"""How the command line says why something was refused: one English sentence a problem, on standard error."""

import sys

from competitions.sentences import judging
from foundation.base import problems as base
from foundation.base.problem import Problem, Refused
from foundation.people import problems as people
from foundation.process import problems as process
from foundation.store import problems as store
from foundation.work import problems as work
from ganpo.demo import problems as demo

SENTENCES = (
    base.SENTENCES
    | store.SENTENCES
    | work.SENTENCES
    | people.SENTENCES
    | process.SENTENCES
    | demo.SENTENCES
    | judging.SENTENCES
)


def sentence(problem: Problem) -> str:
    """The sentence of one problem."""
    return SENTENCES[problem.code] % problem.params


def refused(refusal: Refused) -> int:
    """Print every problem and answer 2, the exit status of what could not be done."""
    for problem in refusal.problems:
        print(f"ganpo: {sentence(problem)}", file=sys.stderr)
    return 2
