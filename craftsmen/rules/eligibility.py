"""Whether somebody may be nominated at all (申报条件): each question, its rule, the answer and its ground. Pure.

The answer is the unit's; what the registry knows itself it is not asked. A missing ground counts as a missing answer
where the round asks for one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from craftsmen.rules.round_rules import Question
from foundation.base.problem import Problem

LONGEST_EVIDENCE = 300
ANSWERS = ("yes", "no")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a unit answered to one question: yes, no, or "" for not yet, and what shows it."""

    code: str
    answer: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Answered:
    """A question beside its answer, as a page and a form show it."""

    question: Question
    answer: Answer

    @property
    def state(self) -> str:
        """open, against (the wrong answer), bare (no word of evidence), or met."""
        if not self.answer.answer:
            return "open"
        if self.answer.answer != self.question.wanted:
            return "against"
        return "bare" if self.question.evidence and not self.answer.evidence else "met"


def answered(questions: Sequence[Question], answers: Sequence[Answer]) -> tuple[Answered, ...]:
    """Every question of the round with what was answered; answers to questions that it no longer asks are left out."""
    by_code: Mapping[str, Answer] = {answer.code: answer for answer in answers}
    return tuple(Answered(question, by_code.get(question.code, Answer(question.code))) for question in questions)


def unmet(questions: Sequence[Question], answers: Sequence[Answer]) -> list[Problem]:
    """What speaks against going on, one problem a question, each naming the rule."""
    return [
        Problem(
            f"nomination_question_{one.state}",
            f"answer_{one.question.code}" if one.state != "bare" else f"evidence_{one.question.code}",
            {"question": one.question.text, "basis": one.question.basis},
        )
        for one in answered(questions, answers)
        if one.state != "met"
    ]
