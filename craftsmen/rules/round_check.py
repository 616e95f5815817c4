"""Whether the rules of a round fit together: every inconsistency of a draft named at once, each at its row. Pure.

A problem's field is the row's place in the form: `composition-2-percent` is the third composition row. A draft with
problems may be saved; it cannot be frozen.
"""

from collections.abc import Iterator

from craftsmen.rules.composition_check import composition_problems
from craftsmen.rules.criteria import criteria_problems
from craftsmen.rules.round_rules import RoundRules, VoteRule
from craftsmen.rules.row_check import LONGEST_NAME, filter_problems, row_problems
from craftsmen.rules.stage_check import stage_problems
from foundation.base.calendar import EMPTY, DayTable
from foundation.base.problem import Problem
from foundation.tabulation.scheme import canonical_json, read_scheme

MOST = 9_999  # persons, places, copies of anything in a round
LONGEST_TEXT = 20_000  # characters of a story
MOST_DAYS = 3_660  # for which an opinion may be valid
LEAST_DAYS = 5  # working days of a notice (公示), where the customs say nothing else
BASES = ("present", "eligible", "total")
TIES = ("ballot", "chair", "score")
MODES = ("paper", "electronic")
HOLDERS = ("person", "team")

LISTS = ("composition", "specials", "materials", "opinions", "questions")
"""The parts of the rules that are lists of rows with a code each."""


def round_problems(rules: RoundRules, *, least_days: int = LEAST_DAYS, table: DayTable = EMPTY) -> list[Problem]:
    """Everything that is wrong with these rules, in the order of the form. `table` is the federation's calendar."""
    return [
        *_numbers(rules),
        *_places(rules),
        *composition_problems(rules),
        *_specials(rules),
        *stage_problems(rules, least_days, table),
        *_materials(rules),
        *_opinions(rules),
        *_questions(rules),
        *_vote(rules),
    ]


def _numbers(rules: RoundRules) -> Iterator[Problem]:
    if not 1 <= rules.confer <= MOST:
        yield Problem("round_confer", "confer", {"most": str(MOST)})
    if rules.holder not in HOLDERS:
        yield Problem("round_holder", "holder")
    if rules.own and rules.holder == "team":
        yield Problem("round_own_team", "own")
    if not 1 <= rules.summary_most <= LONGEST_TEXT:
        yield Problem("round_characters", "summary_most", {"most": str(LONGEST_TEXT)})
    if not 1 <= rules.story_most <= LONGEST_TEXT:
        yield Problem("round_characters", "story_most", {"most": str(LONGEST_TEXT)})
    if not 0 <= rules.story_least <= rules.story_most:
        yield Problem("round_story_least", "story_least", {"most": str(rules.story_most)})


def _places(rules: RoundRules) -> Iterator[Problem]:
    if not rules.places:
        yield Problem("round_places_none", "places")
        return
    seen: set[int] = set()
    for channel in rules.places:
        if channel.organisation in seen:
            yield Problem("round_channel_twice", f"places-{channel.organisation}", {"channel": channel.name})
        seen.add(channel.organisation)
        if not 1 <= channel.places <= MOST:
            yield Problem(
                "round_channel_places",
                f"places-{channel.organisation}",
                {"channel": channel.name, "most": str(MOST)},
            )
    together = rules.all_places + sum(quota.most for quota in rules.specials)
    if together < rules.confer:
        yield Problem("round_places_few", "places", {"places": str(together), "confer": str(rules.confer)})


def _specials(rules: RoundRules) -> Iterator[Problem]:
    yield from row_problems("specials", rules.specials)
    for at, quota in enumerate(rules.specials):
        if not 1 <= quota.most <= MOST:
            yield Problem("round_special_most", f"specials-{at}-most", {"most": str(MOST)})
    together = sum(quota.most for quota in rules.specials)
    if rules.specials and together >= rules.confer:
        yield Problem("round_specials_many", "specials", {"specials": str(together), "confer": str(rules.confer)})


def _materials(rules: RoundRules) -> Iterator[Problem]:
    yield from row_problems("materials", rules.materials)
    for at, paper in enumerate(rules.materials):
        yield from filter_problems(f"materials-{at}-when", paper.when)
        if not 1 <= paper.copies <= 99:
            yield Problem("round_copies", f"materials-{at}-copies")
        if paper.sheet not in ("A4", "A3"):
            yield Problem("round_sheet", f"materials-{at}-sheet")


def _opinions(rules: RoundRules) -> Iterator[Problem]:
    yield from row_problems("opinions", rules.opinions)
    for at, opinion in enumerate(rules.opinions):
        yield from filter_problems(f"opinions-{at}-when", opinion.when)
        if not 0 <= opinion.valid_days <= MOST_DAYS:
            yield Problem("round_valid_days", f"opinions-{at}-valid_days", {"most": str(MOST_DAYS)})


def _questions(rules: RoundRules) -> Iterator[Problem]:
    yield from row_problems("questions", rules.questions, "text")
    for at, question in enumerate(rules.questions):
        if not question.basis.strip():
            yield Problem("round_basis_empty", f"questions-{at}-basis")
        elif len(question.basis) > LONGEST_NAME:
            yield Problem("round_long", f"questions-{at}-basis", {"most": str(LONGEST_NAME)})
        if question.wanted not in ("yes", "no"):
            yield Problem("round_wanted", f"questions-{at}-wanted")


def _vote(rules: RoundRules) -> Iterator[Problem]:
    vote, known = rules.vote, {"vote-base": BASES, "vote-ties": TIES, "vote-mode": MODES}
    for field, words in known.items():
        if getattr(vote, field.removeprefix("vote-")) not in words:
            yield Problem("round_word", field)
    yield from _fractions(vote)
    if not 1 <= vote.most_ballots <= 9:
        yield Problem("round_ballots", "vote-most_ballots")
    scheme, problems = read_scheme(rules.scheme) if rules.scheme else (None, [])
    if problems:
        yield Problem("round_scheme", "scheme", {"what": problems[0].field or "scheme.json"})
    elif scheme is not None and canonical_json(scheme) != rules.scheme:
        yield Problem("round_scheme", "scheme", {"what": "scheme.json"})
    yield from criteria_problems(rules.criteria, [one.code for one in scheme.aspects()] if scheme else [])
    if vote.ties == "score" and not rules.scheme:
        yield Problem("round_ties_score", "vote-ties")


def _fractions(vote: VoteRule) -> Iterator[Problem]:
    for numerator, denominator, field, half in (
        (vote.numerator, vote.denominator, "vote-numerator", True),
        (vote.quorum_numerator, vote.quorum_denominator, "vote-quorum_numerator", False),
    ):
        if not (0 < denominator <= 100 and 0 < numerator <= denominator):
            yield Problem("round_fraction", field)
        elif half and 2 * numerator < denominator:
            yield Problem("round_below_half", field)
