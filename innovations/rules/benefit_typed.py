"""The working of a benefit as it was typed: rows read into lines, each told in figures. Pure.

Fields are named by row (`formula-1`, `what-1`, `before-1` …); a row in which nothing but a formula stands is none, so
the rows that are left are numbered anew. A figure that cannot be read is a problem at its field; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from foundation.base.money import FEN, MOST, read_fen, yuan
from foundation.base.problem import N_, Problem
from innovations.rules.benefits import THOUSAND, Formula, Line, benefit, line_problems

FIELDS = ("formula", "what", "before", "after", "price", "output", "amount")
FORMULAS: Mapping[Formula, str] = {
    Formula.HOURS: N_("hours saved"),
    Formula.MATERIAL: N_("material, fuel or power saved"),
    Formula.GAIN: N_("another saving or gain"),
    Formula.COST: N_("cost of making it so"),
}
MOST_LINES, SPARE, LONGEST_WHAT = 20, 2, 200
LARGEST = 10**9  # thousandths, or pieces
_THOUSANDTHS = re.compile(r"(\d{1,9})(?:\.(\d{1,3}))?")
_FINE = re.compile(r"(\d{1,9})\.(\d\d)(\d{1,2})元?")  # a price of one, of less than a fen: 0.6235
_COUNT = re.compile(r"\d{1,10}")

Values = Mapping[str, str]
Row = dict[str, str]


def rows(values: Values) -> list[Row]:
    """The rows in which something is written."""
    found = [{name: values.get(f"{name}-{place}", "").strip() for name in FIELDS} for place in range(1, MOST_LINES + 1)]
    return [row for row in found if any(text for name, text in row.items() if name != "formula")]


def closed_up(values: Values) -> Row:
    """The fields with their rows numbered anew."""
    kept = {name: value for name, value in values.items() if name.rpartition("-")[0] not in FIELDS}
    return {**kept, **{f"{name}-{place}": row[name] for place, row in enumerate(rows(values), 1) for name in FIELDS}}


def typed(lines: Sequence[Line]) -> Row:
    """Lines as the fields of their form."""
    values: Row = {}
    for place, one in enumerate(lines, 1):
        counted = one.formula in {Formula.HOURS, Formula.MATERIAL}
        values |= {f"formula-{place}": one.formula.value, f"what-{place}": one.what}
        if counted:
            values |= {
                f"before-{place}": thousandths(one.before), f"after-{place}": thousandths(one.after),
                f"price-{place}": priced(one), f"output-{place}": str(one.output),
            }  # fmt: skip
        else:
            values |= {f"amount-{place}": yuan(one.amount)}
    return values


def of_proposal(counted: int, working: str, done: str) -> Line:
    """What the proposal that it grew out of says it brings in 12 months, as one line to go on from: nobody types it
    twice. `counted` is fen; how it was figured stands as what the line is about, cut where it is longer."""
    return Line(Formula.GAIN, " ".join((working or done).split())[:LONGEST_WHAT], amount=counted)


def read(values: Values) -> tuple[list[Line], list[Problem]]:
    """The lines as far as they can be read, and every problem at its field."""
    lines: list[Line] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows(values), 1):
        line, wrong = _line(row, place)
        lines.append(line)
        problems += wrong
    wrong_rows = {one.field.rpartition("-")[2] for one in problems}
    for one in line_problems(lines):
        what, _, place_text = one.field.rpartition("-")
        if one.field == "lines":
            problems.append(Problem(one.code, "what-1"))
        elif what == "what" or place_text not in wrong_rows:  # figures that cannot be read are not missing as well
            problems.append(Problem(one.code, f"before-{place_text}" if what == "line" else one.field, one.params))
    if abs(benefit(lines)) > MOST:
        problems.append(Problem("benefit_large", "what-1"))
    return lines, problems


def read_day(text: str, today: date | None) -> tuple[date | None, list[Problem]]:
    """The first day of benefit; not after `today` where one is given, as for what has been and is claimed."""
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None, [Problem("benefit_day", "first_day")]
    if not 1990 <= day.year <= 2100:
        return None, [Problem("benefit_day", "first_day")]
    if today is not None and day > today:
        return None, [Problem("benefit_day_to_come", "first_day")]
    return day, []


def last_day(first: date) -> date:
    """The last of the twelve months that begin on `first`; they may cross into another year."""
    try:
        return first.replace(year=first.year + 1) - timedelta(days=1)
    except ValueError:  # the 29th of February: the next year has none
        return date(first.year + 1, 2, 28)


def latest_over(today: date) -> date:
    """The latest first day of which the twelve months are over today."""
    try:
        return today.replace(year=today.year - 1)
    except ValueError:  # the 29th of February
        return date(today.year - 1, 2, 28)


def worked(line: Line) -> str:
    """How a line is computed, in figures alone: "(1.5 − 1.25) × 36.80 × 12,000"; empty for a plain amount."""
    if line.formula in {Formula.GAIN, Formula.COST}:
        return ""
    difference = f"({thousandths(line.before)} − {thousandths(line.after)})"
    return f"{difference} × {priced(line)} × {line.output:,}"


def priced(line: Line) -> str:
    """The price of a line in yuan, with as many decimals as it has: "36.80", "0.6235"."""
    if not line.finer:
        return yuan(line.price)
    whole, fen = divmod(line.price, FEN)
    return f"{whole:,}.{fen:02}{line.finer:02}".rstrip("0")


def thousandths(figure: int) -> str:
    """1250 -> "1.25"."""
    whole, rest = divmod(figure, THOUSAND)
    return f"{whole}.{rest:03}".rstrip("0").rstrip(".")


def _line(row: Mapping[str, str], place: int) -> tuple[Line, list[Problem]]:
    problems = []
    formula = Formula.GAIN
    if row["formula"] in set(Formula):
        formula = Formula(row["formula"])
    else:
        problems.append(Problem("benefit_line_formula", f"formula-{place}", {"line": str(place)}))
    if len(row["what"]) > LONGEST_WHAT:
        given = {"most": str(LONGEST_WHAT), "length": str(len(row["what"]))}
        problems.append(Problem("innovation_long", f"what-{place}", given))
    figures = {}
    counted = formula in {Formula.HOURS, Formula.MATERIAL}
    for name in ("before", "after", "output") if counted else ():
        figures[name] = _count(row[name]) if name == "output" else _figure(row[name])
        if figures[name] is None:
            code = "benefit_output" if name == "output" else "benefit_thousandths"
            problems.append(Problem(code, f"{name}-{place}", {"line": str(place)}))
    wrong: list[Problem] = []
    if counted and row["price"]:
        figures["price"], figures["finer"], wrong = _price(row["price"], place)
    elif not counted and row["amount"]:
        figures["amount"], wrong = read_fen(row["amount"], f"amount-{place}")
    problems += wrong
    return Line(formula, row["what"], **{name: figure or 0 for name, figure in figures.items()}), problems


def _price(text: str, place: int) -> tuple[int | None, int, list[Problem]]:
    """Fen, hundredths of a fen beyond them, and what is wrong."""
    field = f"price-{place}"
    if fine := _FINE.fullmatch(_plain(text.replace("¥", ""))):
        return int(fine[1] + fine[2]), int(fine[3].ljust(2, "0")), []
    fen, problems = read_fen(text, field)
    if any(one.code == "money_fen" for one in problems):
        problems = [Problem("benefit_price", field, {"line": str(place)})]
    return fen, 0, problems


def _plain(text: str) -> str:
    return re.sub(r"[\s,]", "", unicodedata.normalize("NFKC", text[:40]))


def _figure(text: str) -> int | None:
    """Thousandths; 0 for nothing, None for what is no figure."""
    if not text:
        return 0
    found = _THOUSANDTHS.fullmatch(_plain(text))
    if found is None:
        return None
    figure = int(found[1]) * THOUSAND + int((found[2] or "").ljust(3, "0"))
    return figure if figure <= LARGEST else None


def _count(text: str) -> int | None:
    if not text:
        return 0
    found = _COUNT.fullmatch(_plain(text))
    return int(found[0]) if found and int(found[0]) <= LARGEST else None
