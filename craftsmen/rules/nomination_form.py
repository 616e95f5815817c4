"""The text of a nomination: read from a form, what it lacks, and which returnable fields a new one changes. Pure.

A draft may be saved with gaps, so that nobody loses an evening's work; what it lacks stops it from going on, not from
being kept. Only what could not be kept at all (too long for its place, a choice that does not exist) is refused.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from craftsmen.rules.eligibility import ANSWERS, LONGEST_EVIDENCE, Answer, unmet
from craftsmen.rules.facts import Role, UnitType
from craftsmen.rules.round_rules import RoundRules
from foundation.base.problem import Problem

LONGEST_WORK = 200
LONGEST_STATED = 300
LONGEST_TEAM = 100
MOST_LINES = 40  # works, and things stated
KEPT = 3  # a text may be so many times too long and is still kept, so that it can be shortened here

RETURNABLE: Mapping[str, tuple[str, ...]] = {
    "role": ("role",),
    "unit_type": ("unit_type",),
    "special": ("special",),
    "team_name": ("team_name",),
    "summary": ("summary",),
    "story": ("story",),
    "works": ("works",),
    "evidence": ("honours", "stated"),
    "answers": ("answers",),
    "notice": (),
    "materials": (),
    "opinions": (),
    "pictures": (),
}
"""What can be sent back by name -> the parts of a draft that it opens; those without parts have forms of their own."""

_YEAR = re.compile(r"(19[0-9]{2}|20[0-9]{2})\s*(?:年|[.、,，:：\s-])?\s*(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Work:
    """A work, a patent, a result: what it is, and its year where it has one."""

    text: str
    year: int | None = None

    @property
    def line(self) -> str:
        """As it is typed."""
        return f"{self.year} {self.text}" if self.year else self.text


@dataclass(frozen=True, slots=True)
class NominationDraft:
    """All that is typed of a nomination; honours are ids of what the registry has."""

    role: Role = Role.FRONT_LINE
    unit_type: UnitType = UnitType.STATE_ENTERPRISE
    special: str = ""
    team_name: str = ""
    summary: str = ""
    story: str = ""
    works: tuple[Work, ...] = ()
    answers: tuple[Answer, ...] = ()
    honours: tuple[int, ...] = ()
    stated: tuple[str, ...] = field(default=())


def read_nomination(
    typed: Mapping[str, str], honours: Sequence[str], known_honours: Iterable[int], rules: RoundRules
) -> tuple[NominationDraft | None, list[Problem]]:
    """The draft in the fields of the form, or one problem for each place that cannot be kept.

    `typed` has role, unit_type, special, team_name, summary, story, works and stated (a line each), and for each
    question answer_<code> and evidence_<code>; `honours` are the ids that are ticked, of `known_honours`.
    """
    problems: list[Problem] = []
    role, unit_type = typed.get("role", ""), typed.get("unit_type", "")
    if role not in set(Role):
        problems.append(Problem("nomination_choice", "role"))
    if unit_type not in set(UnitType):
        problems.append(Problem("nomination_choice", "unit_type"))
    special = typed.get("special", "")
    if special and special not in {quota.code for quota in rules.specials}:
        problems.append(Problem("nomination_choice", "special"))
    team = " ".join(typed.get("team_name", "").split())
    if len(team) > LONGEST_TEAM:
        problems.append(Problem("nomination_long", "team_name", _most(LONGEST_TEAM, team)))
    texts = {name: typed.get(name, "").strip() for name in ("summary", "story")}
    for name, most in (("summary", rules.summary_most), ("story", rules.story_most)):
        if length(texts[name]) > KEPT * most:
            problems.append(Problem("nomination_long", name, _most(most, texts[name])))
    works = read_works(typed.get("works", ""), problems)
    stated = _lines("stated", typed.get("stated", ""), LONGEST_STATED, problems)
    answers = tuple(_answer(question.code, typed, problems) for question in rules.questions)
    chosen = {int(text) for text in honours if text.isascii() and text.isdecimal() and len(text) < 11}
    known = [honour for honour in known_honours if honour in chosen]
    if problems:
        return None, problems
    return NominationDraft(
        role=Role(role),
        unit_type=UnitType(unit_type),
        special=special,
        team_name=team,
        works=works,
        answers=answers,
        honours=tuple(known),
        stated=tuple(stated),
        **texts,
    ), []


def lacking(draft: NominationDraft, rules: RoundRules) -> list[Problem]:
    """What the text lacks before it can go on: lengths of the round, answers with their grounds."""
    problems = []
    if rules.holder == "team" and not draft.team_name:
        problems.append(Problem("nomination_team_empty", "team_name"))
    if not draft.summary:
        problems.append(Problem("nomination_summary_empty", "summary"))
    if length(draft.summary) > rules.summary_most:
        problems.append(Problem("nomination_long", "summary", _most(rules.summary_most, draft.summary)))
    if rules.story_least and length(draft.story) < rules.story_least:
        least = {"least": str(rules.story_least), "length": str(length(draft.story))}
        problems.append(Problem("nomination_story_short", "story", least))
    if length(draft.story) > rules.story_most:
        problems.append(Problem("nomination_long", "story", _most(rules.story_most, draft.story)))
    return problems + unmet(rules.questions, draft.answers)


def length(text: str) -> int:
    """How long a text is, as WPS counts 字数: every character that is seen; a run of Latin letters or digits is one."""
    return len(re.findall(r"[A-Za-z0-9_.%+-]+|[^\sA-Za-z0-9_.%+-]", unicodedata.normalize("NFC", text)))


def changed_fields(old: NominationDraft, new: NominationDraft) -> list[str]:
    """The returnable fields in which two drafts differ; see `RETURNABLE`."""
    return [
        name for name, parts in RETURNABLE.items() if any(getattr(old, part) != getattr(new, part) for part in parts)
    ]


def read_works(text: str, problems: list[Problem]) -> tuple[Work, ...]:
    """Works as they are typed, one a line, a year before it where there is one; problems are added to the list."""
    works = []
    for line in _lines("works", text, LONGEST_WORK, problems):
        match = _YEAR.fullmatch(line)
        works.append(Work(match[2].strip(), int(match[1])) if match and match[2].strip() else Work(line))
    return tuple(works)


def works_text(works: Sequence[Work]) -> str:
    """The one JSON text of works."""
    return _json([{"text": work.text, "year": work.year} for work in works])


def works_of(text: str) -> tuple[Work, ...]:
    """The works of a JSON text of ours."""
    return tuple(Work(one["text"], one["year"]) for one in json.loads(text or "[]"))


def answers_text(answers: Sequence[Answer]) -> str:
    """The one JSON text of answers."""
    return _json([{"code": one.code, "answer": one.answer, "evidence": one.evidence} for one in answers])


def answers_of(text: str) -> tuple[Answer, ...]:
    """The answers of a JSON text of ours."""
    return tuple(Answer(one["code"], one["answer"], one["evidence"]) for one in json.loads(text or "[]"))


def _answer(code: str, typed: Mapping[str, str], problems: list[Problem]) -> Answer:
    answer, evidence = typed.get(f"answer_{code}", ""), typed.get(f"evidence_{code}", "").strip()
    if answer and answer not in ANSWERS:
        problems.append(Problem("nomination_choice", f"answer_{code}"))
    if len(evidence) > LONGEST_EVIDENCE:
        problems.append(Problem("nomination_long", f"evidence_{code}", _most(LONGEST_EVIDENCE, evidence)))
    return Answer(code, answer, evidence)


def _lines(name: str, text: str, most: int, problems: list[Problem]) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        problems.append(Problem("nomination_lines", name, {"most": str(MOST_LINES), "count": str(len(lines))}))
    problems += [
        Problem("nomination_line_long", name, {"line": str(number), **_most(most, line)})
        for number, line in enumerate(lines, 1)
        if len(line) > most
    ]
    return lines


def _most(most: int, text: str) -> dict[str, str]:
    return {"most": str(most), "length": str(length(text))}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
