"""One aspect of a scheme file: which keys its kind takes, and the rules between them.

What the spec leaves open, as it is read here: a key belongs to the kinds whose paragraph names it, but `judges` and
`min_marks` are welcome for every kind (two agreeing measurements can be asked for); `max` is above `min`; a factor is
not negative; `levels`, where given, are the four texts for 0 to 3; there are at most 999 judges.
"""

from typing import Final, cast, get_args

from foundation.tabulation.decimals import MARK_PLACES, WEIGHT_PLACES, show_decimal
from foundation.tabulation.fields import Fields
from foundation.tabulation.marks import WORDS
from foundation.tabulation.scheme_model import HIGHEST_LEVEL, MILLION, Aspect, Combine, Kind
from foundation.tabulation.texts import encodable, normal, shown

MOST_JUDGES: Final = 999

_OF_SOME_KINDS: Final = (
    "max",
    "min",
    "step",
    "table",
    "levels",
    "max_spread",
    "combine",
    "drop_highest",
    "drop_lowest",
)
_MISPLACED: Final = dict.fromkeys(_OF_SOME_KINDS, "key_not_of_kind")


def read_aspect(fields: Fields) -> Aspect:
    """The aspect in these fields; worth something only where no problem was noted."""
    code = fields.text("code")
    name = fields.text("name", default=code)
    kind = cast(Kind, fields.choice("kind", *get_args(Kind)))
    if not fields.clean("kind"):
        fields.forgive(*_OF_SOME_KINDS, "judges", "min_marks")
    known = fields.clean("kind")
    panel = kind == "panel" and known
    lowest = (fields.decimal("min", MARK_PLACES, default=0) if panel else 0) or 0
    highest = _max(fields, lowest) if kind != "grade" and known else None
    step = _step(fields) if kind in ("measurement", "deduction", "panel") and known else None
    table = _table(fields) if kind == "grade" else ()
    levels = _levels(fields) if kind == "judgement" else ()
    max_spread = fields.whole("max_spread", 0, HIGHEST_LEVEL, default=1) if kind == "judgement" else 1
    judges = _judges(fields, required=kind in ("judgement", "panel")) if known else None
    combine = cast(Combine, fields.choice("combine", *get_args(Combine))) if panel else None
    drop_highest = fields.whole("drop_highest", 0, MOST_JUDGES, default=0) if panel else 0
    drop_lowest = fields.whole("drop_lowest", 0, MOST_JUDGES, default=0) if panel else 0
    least = drop_highest + drop_lowest + 1
    min_marks = fields.whole("min_marks", 0, MOST_JUDGES, default=least) if known else least
    if fields.clean("judges", "combine", "drop_highest", "drop_lowest", "min_marks"):
        _check_panel(fields, judges, combine, least, min_marks)
    aspect = Aspect(
        code=code,
        name=name,
        kind=kind,
        max=highest,
        min=lowest,
        step=step,
        table=table,
        judges=judges,
        levels=levels,
        max_spread=max_spread,
        combine=combine,
        drop_highest=drop_highest,
        drop_lowest=drop_lowest,
        min_marks=min_marks,
        round_mark=fields.flag("round_mark"),
        factor=not_negative(fields, "factor"),
        round_points=fields.flag("round_points"),
        coefficient=fields.flag("coefficient"),
    )
    fields.finish(_MISPLACED)
    return aspect


def not_negative(fields: Fields, key: str) -> int:
    """A weight or factor in millionths, 1 if not said."""
    number = fields.decimal(key, WEIGHT_PLACES, default=MILLION)
    if number is not None and number < 0:
        fields.refuse(key, "negative")
    return MILLION if number is None else number


def _max(fields: Fields, lowest: int) -> int | None:
    highest = fields.decimal("max", MARK_PLACES, required=True)
    if highest is not None and fields.clean("min") and highest <= lowest:
        fields.refuse("max", "max_not_above_min", min=show_decimal(lowest, MARK_PLACES))
    return highest


def _step(fields: Fields) -> int | None:
    step = fields.decimal("step", MARK_PLACES)
    if step is not None and step <= 0:
        fields.refuse("step", "not_positive")
    return step


def _judges(fields: Fields, *, required: bool) -> int | None:
    if required or fields.has("judges"):
        return fields.whole("judges", 1, MOST_JUDGES)
    fields.forgive("judges")
    return None


def _check_panel(fields: Fields, judges: int | None, combine: Combine | None, least: int, min_marks: int) -> None:
    """`min_marks` from drops + 1 to judges; for a sum it is judges, since a smaller panel would mean fewer points."""
    if min_marks < least:
        fields.refuse("min_marks", "min_marks_below", least=str(least))
    elif judges is not None and min_marks > judges:
        fields.refuse("min_marks", "min_marks_above", judges=str(judges), min_marks=str(min_marks))
    elif combine == "sum" and min_marks != judges:
        fields.refuse("min_marks", "min_marks_of_sum", judges=str(judges), min_marks=str(min_marks))


def _levels(fields: Fields) -> tuple[str, ...]:
    levels = fields.items("levels", required=False)
    if not levels and not fields.has("levels"):
        return ()
    texts = [level for level in levels if type(level) is str and encodable(level) and normal(level)]
    if fields.clean("levels") and (len(texts) != len(levels) or len(texts) != HIGHEST_LEVEL + 1):
        fields.refuse("levels", "levels")
    return tuple(normal(text) for text in texts)


def _table(fields: Fields) -> tuple[tuple[str, int], ...]:
    """A grade's keys, normalised (Ⅱ is II), each with what it counts in thousandths."""
    rows = fields.object("table")
    if rows is None:
        return ()
    table: dict[str, int] = {}
    for key in rows.data:
        word = normal(str(key))
        number = rows.decimal(str(key), MARK_PLACES, required=True)
        if not word or not encodable(word):
            rows.refuse(str(key), "table_key_blank")
        elif word in WORDS:
            rows.refuse(str(key), "table_key_word", key=shown(word))
        elif word in table:
            rows.refuse(str(key), "code_repeated", code=shown(word))
        table[word] = number or 0
    if not rows.data:
        fields.refuse("table", "empty_list")
    rows.finish()
    return tuple(table.items())
