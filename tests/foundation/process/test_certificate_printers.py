"""Printers with bought blanks: every field of their form is read or refused, and two who change one are told."""

from dataclasses import replace

import pytest

from foundation.base.problem import Problem, Refused
from foundation.papers.certificates import A4_BLANK
from foundation.papers.documents import Align
from foundation.process import certificate_printers
from foundation.process.certificate_printers import as_typed, read_printer
from foundation.store import ledger
from tests.foundation.process.circulars_made_up import province


def typed(**changed: str) -> dict[str, str]:
    return {**as_typed("305 室"), **{name.replace("__", "."): value for name, value in changed.items()}}


def test_what_the_form_shows_is_read_back_as_it_was():
    moved = replace(A4_BLANK, right=-15, down=300)
    assert read_printer(as_typed("305 室", moved)) == ("305 室", moved, [])


@pytest.mark.parametrize(
    "text, tenths",
    [("", 0), ("0", 0), ("1.5", 15), ("-1.5", -15), ("－１.５", -15), ("−2", -20), ("+3", 30), ("30.0", 300)],
)
def test_millimetres_are_read_to_a_tenth(text, tenths):
    _, blank, problems = read_printer(typed(right=text))
    assert (problems, blank and blank.right) == ([], tenths)


@pytest.mark.parametrize("text", ["1.55", "31", "1,5", "x", "1.", ".5", "١", "1e1", "--1"])
def test_what_is_no_offset_is_refused(text):
    assert read_printer(typed(right=text))[1:] == (None, [Problem("printer_offset", "right", {"most": "30"})])


def test_a_field_without_a_place_is_not_printed():
    _, blank, _ = read_printer(typed(number__x="", words__align="centre"))
    assert blank is not None
    assert [spot.field for spot in blank.spots] == ["name", "words", "body", "date", "qr"]
    assert blank.spots[1].align is Align.CENTRE


def test_every_wrong_field_is_named_at_once():
    wrong = typed(name="", height="x", name__y="-1", words__size="200", body__align="up", date__width="", down="9.99")
    _, blank, problems = read_printer({**wrong, "number.x": "", "qr.x": ""})
    assert blank is None
    named = "name height name.y words.y words.size body.align body.y date.y date.width down"
    assert [problem.field for problem in problems] == named.split()


def test_what_reaches_beyond_the_blank_is_refused():
    assert read_printer(typed(qr__x="290"))[2] == [Problem("printer_beyond", "qr.width")]


def test_a_blank_with_nothing_on_it_is_refused():
    nothing = {f"{field}.x": "" for field in ("name", "words", "body", "date", "number", "qr")}
    assert read_printer({**typed(), **nothing})[2] == [Problem("printer_nothing", "name.x")]


async def test_a_printer_is_kept_for_its_organisation_and_those_above(database):
    made = await province()
    printer = await certificate_printers.add("305 室", A4_BLANK, made.places["nanchang"], "account:1")
    for name, sees in (("ling", 1), ("hu", 1), ("tu", 0)):
        assert len(await certificate_printers.kept_by(await made.user(name))) == sees
    kept = await certificate_printers.for_desk(await made.user("hu"), printer)
    assert (kept.name, kept.blank, kept.revision) == ("305 室", A4_BLANK, 1)


async def test_who_changes_what_somebody_else_changed_meanwhile_is_told(database):
    made = await province()
    printer = await certificate_printers.add("305 室", A4_BLANK, 1, "account:1")
    moved = replace(A4_BLANK, right=15)
    await certificate_printers.change(printer, "306 室", moved, 1, "account:1")
    with pytest.raises(Refused) as refused:
        await certificate_printers.change(printer, "307 室", A4_BLANK, 1, "account:2")
    assert refused.value.problems == (Problem("printer_changed_meanwhile"),)
    kept = await certificate_printers.for_desk(await made.user("ling"), printer)
    assert (kept.name, kept.blank, kept.revision) == ("306 室", moved, 2)
    assert [entry.act for entry in await ledger.entries(f"certificate-printer:{printer}")] == [
        "certificate_printer.changed",
        "certificate_printer.added",
    ]
