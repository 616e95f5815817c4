"""A panel's sheet: what is read, what becomes a revision, what is stale."""

import json
from dataclasses import dataclass

from craftsmen.rules.panel_marks import NewMark, Revision, make_sheet, read_sheet, shown_fields, to_write, unfit
from foundation.base.problem import Problem
from foundation.tabulation.scheme import check_scheme, scheme_hash
from tests.craftsmen.panel.cast import SCHEME

SCHEME_READ, _ = check_scheme(json.loads(SCHEME))
assert SCHEME_READ is not None
HASH = scheme_hash(SCHEME_READ)
NONCE = "abcdefghijklmnop"


@dataclass
class Typed:
    fields: dict[str, str]

    def value(self, name: str, default: str = "") -> str:
        return self.fields.get(name, default)

    def checked(self, name: str, value: str = "1") -> bool:
        return self.fields.get(name) == value


def test_the_sheet_shows_what_is_stored_and_reads_what_is_typed():
    stored = {"S1": Revision("S1", 2, "38.5", "x:S1"), "S2": Revision("S2", 1, "absent", "x:S2")}
    fields = shown_fields(SCHEME_READ, stored)
    assert fields == {"base-S1": "2", "mark-S1": "38.5", "base-S2": "1", "absent-S2": "1", "base-S3": "0"}
    assert [line.done for part in make_sheet(SCHEME_READ, stored) for line in part.lines] == [True, True, False]
    marks, problems = read_sheet(SCHEME_READ, Typed({**fields, "nonce": NONCE, "scheme": HASH, "mark-S3": "2"}), HASH)
    assert problems == []
    assert [(mark.aspect, mark.value, mark.base) for mark in marks] == [
        ("S1", "38.5", 2), ("S2", "absent", 1), ("S3", "2", 0)
    ]  # fmt: skip


def test_each_thing_that_is_wrong_is_named_at_its_line():
    typed = {"nonce": "1", "scheme": "other", "mark-S1": "41", "mark-S2": "3", "absent-S2": "1", "mark-S3": "void"}
    marks, problems = read_sheet(SCHEME_READ, Typed(typed), HASH)
    assert marks == []
    assert [(one.code, one.field) for one in problems] == [
        ("panel_sheet_unfinished", ""), ("panel_sheet_amended", ""), ("mark_range", "mark-S1"),
        ("panel_mark_and_absent", "mark-S2"), ("panel_mark_is_word", "mark-S3"),
    ]  # fmt: skip


def test_a_retry_writes_nothing_and_a_stale_page_is_told_what_stands():
    stored = [Revision("S1", 1, "30", "a:S1"), Revision("S1", 2, "31", "b:S1")]
    assert to_write([NewMark("S1", "31", "b:S1", 1)], stored, {"b:S1"}) == ([], [])
    assert to_write([NewMark("S1", "30", "c:S1", 1)], stored, set()) == ([], [])  # not touched on an older page
    new = NewMark("S1", "33", "c:S1", 2)
    assert to_write([new], stored, set()) == ([new], [])
    stale = NewMark("S1", "33", "c:S1", 1)
    assert to_write([stale], stored, set()) == ([], [Problem("panel_mark_stale", "mark-S1", {"mark": "31"})])
    assert to_write([new], stored, {"c:S1"}) == ([], [Problem("panel_sheet_sent_before")])


def test_whoever_sends_it_void_and_unknown_aspects_are_refused():
    sent = [NewMark("S1", "void", "a", 0), NewMark("S9", "1", "b", 0), NewMark("S1", "8.50", "c", 0)]
    assert [one.code for one in unfit(SCHEME_READ, sent)] == [
        "panel_sheet_unfinished", "panel_sheet_amended", "panel_sheet_unfinished"
    ]  # fmt: skip
