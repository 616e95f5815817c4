"""A sheet that a unit hands in: where it and its rows stand, and what makes a row the same again. Pure."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from foundation.base.problem import N_
from foundation.base.sheets import folded


class Stage(StrEnum):
    """Where a sheet stands."""

    READING = "reading"
    ASKING = "asking"  # its headings are not understood
    CHECKED = "checked"  # read: to be looked at
    TAKING = "taking"
    VISIBLE = "visible"
    UNDOING = "undoing"  # what was written is taken away; then it is `CHECKED`, or `UNDONE` where it was visible
    UNDONE = "undone"
    DROPPED = "dropped"  # never taken in


class State(StrEnum):
    """Where one row of it stands."""

    READY = "ready"
    WRONG = "wrong"
    AGAIN = "again"  # taken in before, or twice in this sheet
    WRITTEN = "written"  # in its domain, not yet visible


STAGES: Mapping[str, str] = {
    Stage.READING: N_("being read"),
    Stage.ASKING: N_("its headings need your help"),
    Stage.CHECKED: N_("read, not yet taken in"),
    Stage.TAKING: N_("being taken in"),
    Stage.VISIBLE: N_("taken in"),
    Stage.UNDOING: N_("being taken back"),
    Stage.UNDONE: N_("taken back"),
    Stage.DROPPED: N_("dropped"),
}
STATES: Mapping[str, str] = {
    State.READY: N_("can be taken in"),
    State.WRONG: N_("to be mended"),
    State.AGAIN: N_("there already"),
    State.WRITTEN: N_("can be taken in"),
}
UNDER_WAY = frozenset({Stage.READING, Stage.TAKING, Stage.UNDOING})


def content_of(values: Mapping[str, str | int], columns: Collection[str] = ()) -> str:
    """What two rows have in common that say the same in these columns, or in all: width, case, spaces apart."""
    names = sorted(name for name in values if not columns or name in columns)
    return "\x1e".join(f"{name}\x1f{folded(str(values[name]))}" for name in names)
