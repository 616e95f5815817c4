"""What was typed of another body's opinion (征求意见): which office, when, whether it agrees. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from foundation.base.problem import Problem

LONGEST_BODY = 200
LONGEST_TEXT = 1000
OLDEST = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class OpinionDraft:
    """One opinion as it was given; against it needs the words of the office."""

    body: str
    agrees: bool
    given_on: date
    text: str = ""


def read_opinion(typed: Mapping[str, str], today: date) -> tuple[OpinionDraft | None, list[Problem]]:
    """The opinion in body, agrees (yes, no), given_on and text, or everything that is wrong with them."""
    body, text = " ".join(typed.get("body", "").split()), typed.get("text", "").strip()
    problems = [] if body else [Problem("opinion_body_empty", "body")]
    if len(body) > LONGEST_BODY:
        problems.append(Problem("outcome_long", "body", {"most": str(LONGEST_BODY)}))
    if len(text) > LONGEST_TEXT:
        problems.append(Problem("outcome_long", "text", {"most": str(LONGEST_TEXT)}))
    agrees = typed.get("agrees", "")
    if agrees not in ("yes", "no"):
        problems.append(Problem("nomination_choice", "agrees"))
    if agrees == "no" and not text:
        problems.append(Problem("opinion_text_empty", "text"))
    given_on = read_day(typed.get("given_on", ""))
    if given_on is None:
        problems.append(Problem("nomination_day", "given_on"))
    elif not today - OLDEST <= given_on <= today:
        problems.append(Problem("opinion_day", "given_on"))
    if problems or given_on is None:
        return None, problems
    return OpinionDraft(body, agrees == "yes", given_on, text), []


def read_day(text: str) -> date | None:
    """A day as people write it: 2026-05-08, 2026.5.8, 2026/5/8, 2026年5月8日; None for anything else."""
    for mark in "年月./":
        text = text.replace(mark, "-")
    parts = text.strip().rstrip("日").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    try:
        return date(*map(int, parts))
    except ValueError:
        return None
