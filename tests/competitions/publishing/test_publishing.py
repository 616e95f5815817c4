"""Publishing: what hinders it, what is frozen, once only, and never anything else than what was looked at."""

import asyncio
import hashlib
import io
import json
import zipfile
from typing import Any

import pytest

from competitions import entries, events, publishing, showcase
from competitions.rules.events import SettingsDraft
from competitions.rules.facts import EntryFacts
from competitions.rules.readiness import Tie
from competitions.rules.stages import Stage
from competitions.rules.visibility import PublicLine
from competitions.tables import Contestant, Mark, Publication, PublishedLine, PublishedScore
from competitions.versions import frozen_scheme
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.tabulation.bundle import verify_bundle
from tests.competitions.cast import NOW
from tests.competitions.publishing.told import (
    OPEN,
    TOTALS,
    Told,
    lock_all,
    locked_contest,
    marked_contest,
    open_contest,
    published_contest,
)


async def refusals(told: Told, seen: str = "") -> list[tuple[str, dict[str, str]]]:
    with pytest.raises(Refused) as refused:
        await publishing.publish(told.contest.id, told.organiser.id, NOW, seen)
    return [(problem.code, dict(problem.params)) for problem in refused.value.problems]


async def test_what_is_missing_hinders_publishing_entry_by_entry(database: Any) -> None:
    told = await open_contest()
    await told.give("ling", "W1", {"T1": "90", "P1": "0", "P2": "I", "P3": "8"}, {})
    for judge in ("jun", "tao", "hua", "min"):
        await told.give(judge, "W1", {"P3": "8"}, {})
    await told.give("ling", "W2", {"T1": "90"}, {})
    preview = await publishing.preview(told.contest)
    everything = {"aspects": "T1, P1, P2, P3"}
    assert [(problem.code, dict(problem.params)) for problem in preview.problems] == [
        ("publish_incomplete", {"work": "W2", "aspects": "P1, P2, P3"}),
        ("publish_incomplete", {"work": "W3", **everything}),
        ("publish_incomplete", {"work": "W4", **everything}),
        ("publish_incomplete", {"work": "W6", **everything}),
        ("publish_incomplete", {"work": "W7", **everything}),
        ("publish_unlocked", {"work": "W1"}),
    ]
    assert [code for code, _ in await refusals(told)] == ["publish_incomplete"] * 5 + ["publish_unlocked"]
    assert await Publication.count() == 0


async def test_complete_entries_must_be_locked(database: Any) -> None:
    told = await marked_contest()
    await lock_all(told, "W2", "W6")
    assert sorted(params["work"] for _, params in await refusals(told)) == ["W2", "W6"]
    assert {code for code, _ in await refusals(told)} == {"publish_unlocked"}


async def test_the_preview_shows_exactly_what_is_published_then(database: Any) -> None:
    told = await locked_contest(awarded_places=2)
    preview = await publishing.preview(told.contest)
    assert preview.problems == ()
    await publishing.publish(told.contest.id, told.organiser.id, NOW, preview.seen)
    results = await showcase.results(told.contest)
    assert results is not None
    assert results.groups == preview.groups


async def test_the_organiser_sees_the_whole_by_work_number_and_every_tie(database: Any) -> None:
    told = await locked_contest()
    preview = await publishing.preview(told.contest)
    assert {line.entry: line.total for line in preview.whole if line.place} == TOTALS
    assert {line.entry: line.status for line in preview.whole if not line.place} == {"W5": "absent"}
    assert sorted(preview.ties, key=lambda tie: tie.total) == [
        Tie("学生组（高职）", "70.50", ("W6", "W7"), (1, 1), ()),
        Tie("职工组", "80.00", ("W2", "W3"), (2, 3), ("module:P",)),
    ]


async def test_publishing_freezes_lines_scores_and_bundle_and_stands_in_the_ledger(database: Any) -> None:
    told = await locked_contest(awarded_places=1, **OPEN)
    head = await ledger.head(f"contest:{told.contest.id}")
    assert await publishing.publish(told.contest.id, told.organiser.id, NOW) == 1
    await told.reload()
    assert told.contest.stage is Stage.PUBLISHED
    results, frozen = await showcase.results(told.contest), await frozen_scheme(told.contest.id)
    assert results is not None
    assert frozen is not None
    workers, students = results.groups
    assert (workers.group, dict(workers.counts)) == ("职工组", {"ok": 4, "absent": 1})
    assert (students.group, dict(students.counts)) == ("学生组（高职）", {"ok": 2})
    assert workers.lines == (
        PublicLine(
            "职工组", 1, "W1", "龚䶮", "青岫航空部件制造有限公司", "南昌", "91.88", ("27.00", "64.88"), False, ""
        ),
        PublicLine("职工组", 2, "W2", "", "", "", "80.00", ("24.00", "56.00"), False, "module:P"),
        PublicLine("职工组", 3, "W3", "", "", "", "80.00", ("26.10", "53.90"), False, "module:P"),
        PublicLine("职工组", 4, "W4", "", "", "", "21.00", ("21.00", "0.00"), False, ""),
    )
    assert [(line.work_number, line.place, line.tied, line.name) for line in students.lines] == [
        ("W6", 1, True, "肖亦禾"),
        ("W7", 1, True, "曾榕生"),
    ]
    assert await PublishedScore.count() == 7
    published, bundle = await showcase.bundle(told.contest)
    assert published.bundle_hash == hashlib.sha256(bundle).hexdigest()
    verdict = verify_bundle(bundle)
    assert (verdict.is_bundle, verdict.problems) == (True, ())
    manifest = verdict.manifest
    assert manifest is not None
    assert (manifest.version, manifest.time, manifest.scheme_hash) == (1, "2026-07-01T08:30:00Z", frozen.scheme_hash)
    assert (manifest.ledger_head.stream, manifest.ledger_head.seq, manifest.ledger_head.hash) == (
        head.stream,
        head.seq,
        head.hash,
    )
    assert manifest.files["standings.csv"] == published.standings_hash
    last = (await ledger.entries(head.stream, limit=1))[0]
    assert (last.seq, last.act, last.actor, dict(last.payload)) == (
        head.seq + 1,
        "results.published",
        f"account:{told.organiser.id}",
        {
            "version": 1,
            "scheme_version": 1,
            "scheme_hash": frozen.scheme_hash,
            "standings_hash": published.standings_hash,
            "bundle_hash": published.bundle_hash,
        },
    )


async def test_what_a_void_mark_was_before_is_not_kept_for_anybody(database: Any) -> None:
    await published_contest()
    rows = await PublishedScore.select(PublishedScore.work_number, PublishedScore.content)
    details = {row["work_number"]: json.loads(row["content"])["details"] for row in rows}
    assert details["W4"]["P2"] == {"J1": '{"void":["焊缝有裂纹"]}'}
    assert details["W3"]["P1"] == {"J1": '{"deductions":[["咬边，每 5 mm",1000,3]]}'}
    assert details["W1"] == details["W5"] == {}


async def test_results_are_published_once(database: Any) -> None:
    told = await published_contest()
    assert await refusals(told) == [("publish_published", {})]
    assert (await Publication.count(), await PublishedLine.count()) == (1, 6)


async def test_of_two_at_once_exactly_one_publishes(database: Any) -> None:
    told = await locked_contest()
    twins = await asyncio.gather(
        *(publishing.publish(told.contest.id, told.organiser.id, NOW) for _ in range(2)), return_exceptions=True
    )
    assert sorted(str(twin) for twin in twins) == ["1", "publish_published"]
    assert (await Publication.count(), await PublishedLine.count(), await PublishedScore.count()) == (1, 6, 7)


async def test_only_what_was_looked_at_can_be_published(database: Any) -> None:
    told = await locked_contest()
    preview = await publishing.preview(told.contest)
    everyone = SettingsDraft(names_shown="all", totals_shown="all")
    await events.change_settings(told.contest.id, everyone, told.organiser.id)
    assert await refusals(told, preview.seen) == [("publish_changed", {})]
    assert await Publication.count() == 0
    again = await publishing.preview(told.contest)
    assert await publishing.publish(told.contest.id, told.organiser.id, NOW, again.seen) == 1


async def test_a_change_while_it_is_worked_out_stops_it(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    told = await locked_contest()
    work_out = publishing.tally.work_out

    async def meanwhile(material: Any) -> Any:
        worked = await work_out(material)
        await entries.set_facts(told.contest.id, told.works["W1"], EntryFacts(penalty=90_000), told.organiser.id)
        return worked

    monkeypatch.setattr(publishing.tally, "work_out", meanwhile)
    assert await refusals(told) == [("publish_changed", {})]
    assert await Publication.count() == 0


async def test_before_marking_there_is_nothing_to_publish(database: Any) -> None:
    told = await open_contest()
    for stage, code in ((Stage.FROZEN, "publish_too_early"), (Stage.DRAFT, "publish_too_early")):
        await publishing.Contest.update({publishing.Contest.stage: stage.value}).where(
            publishing.Contest.id == told.contest.id
        )
        assert await refusals(told) == [(code, {})]


async def test_nobody_who_can_be_placed_is_nothing_to_publish(database: Any) -> None:
    told = await open_contest()
    for work in told.works.values():
        await entries.set_facts(told.contest.id, work, EntryFacts(status="withdrawn"), told.organiser.id)
    assert await refusals(told) == [("publish_nothing", {})]


async def test_a_mark_edited_behind_the_ledgers_back_never_becomes_a_result(database: Any) -> None:
    told = await locked_contest()
    await Mark.update({Mark.value: "100"}).where(Mark.entry == told.works["W3"], Mark.aspect == "T1")
    assert await refusals(told) == [("publish_ledger", {"count": "1"})]
    assert (await publishing.preview(told.contest)).problems == (Problem("publish_ledger", "", {"count": "1"}),)


async def test_nobody_publishes_a_contest_that_is_not_there(database: Any) -> None:
    with pytest.raises(NotFound):
        await publishing.publish(77, 1, NOW)


async def test_the_bundle_holds_work_numbers_and_new_labels_and_nobody_elses_marks(database: Any) -> None:
    told = await published_contest(**OPEN)
    _, bundle = await showcase.bundle(told.contest)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    rows = [line.split(",") for line in files["marks.csv"].splitlines()[1:]]
    assert sorted({row[2] for row in rows}) == ["J1", "J2", "J3", "J4", "J5"]
    assert {tuple(row[:2]): row[2] for row in rows if row[1] == "T1"} == {
        (work, "T1"): "J1" for work in ("W1", "W2", "W3", "W4", "W6", "W7")
    }
    names = [row["name"] for row in await Contestant.select(Contestant.name)]
    assert [name for name in names for text in files.values() if name in text] == []
