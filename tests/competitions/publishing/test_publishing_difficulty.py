"""Publishing where the difficulty counts: what is missing, the results, "why this score", and the bundle."""

import asyncio
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from competitions import difficulty, entries, publishing, schemes, scores, showcase
from competitions.tables import Publication
from foundation.base.problem import Problem, Refused
from foundation.tabulation.bundle import verify_bundle
from foundation.tabulation.scheme import check_scheme
from ganpo.cli_tabulation import verify
from tests.competitions.cast import NOW
from tests.competitions.publishing.told import NOTES, OPEN, SCHEME, Told, lock_all, locked_contest, marked_contest
from tests.web import visitors

MARKED = ("W1", "W2", "W3", "W4", "W6", "W7")


async def amended(told: Told, base: int, *codes: str) -> None:
    modules: Any = SCHEME["modules"]
    changed = [
        {**module, "aspects": [{**one, "coefficient": one["code"] in codes} for one in module["aspects"]]}
        for module in modules
    ]
    made, problems = check_scheme({**SCHEME, "modules": changed})
    assert made is not None, problems
    by = told.organiser.id
    await schemes.amend(told.contest.id, base, made, NOTES, reason="补充难度系数", by=by, now=NOW)


async def enter(told: Told, aspect: str, **values: int | None) -> None:
    typed = {told.works[work]: {aspect: value} for work, value in values.items()}
    await entries.set_all_facts(told.contest.id, {}, told.organiser.id, typed)


async def difficult_contest(**settings: Any) -> Told:
    """Marked and locked; P3 takes a coefficient: 1.5 for W1, 0.9 for W3, 1 for the others."""
    told = await locked_contest(**settings)
    await amended(told, 1, "P3")
    ones = dict.fromkeys(MARKED, 1_000_000)
    await enter(told, "P3", **(ones | {"W1": 1_500_000, "W3": 900_000, "W5": 2_000_000}))
    return told


async def test_what_is_missing_is_named_by_work_and_aspect_and_holds_its_place_back(database: Any) -> None:
    told = await marked_contest()
    await lock_all(told, "W3")
    await amended(told, 1, "P3", "T1")
    await enter(told, "T1", **dict.fromkeys(MARKED, 1_000_000))
    await enter(told, "P3", W1=1_000_000, W4=1_000_000, W6=1_000_000, W7=1_000_000)
    await enter(told, "T1", W3=None)
    preview = await publishing.preview(told.contest)
    assert list(preview.problems) == [
        Problem("publish_difficulty", "", {"work": "W2", "aspect": "P3 表面成形"}),
        Problem("publish_difficulty", "", {"work": "W3", "aspect": "T1 笔试"}),
        Problem("publish_difficulty", "", {"work": "W3", "aspect": "P3 表面成形"}),
        Problem("publish_unlocked", "", {"work": "W3"}),
    ]
    assert [(line.entry, line.place, line.status, line.total) for line in preview.whole if line.group == "职工组"] == [
        ("W1", 1, "ok", "91.88"),
        ("W4", 2, "ok", "21.00"),
        ("W2", None, "incomplete", ""),
        ("W3", None, "incomplete", ""),
        ("W5", None, "absent", ""),
    ]
    with pytest.raises(Refused) as refused:
        await publishing.publish(told.contest.id, told.organiser.id, NOW)
    assert refused.value.problems == preview.problems
    assert await Publication.count() == 0
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get(f"/en/organise/contests/{told.contest.address}/results")
    assert "Work W2: the difficulty of P3 表面成形 is missing. Enter it beside the times and penalties." in page.text


async def test_difficulty_counts_in_results_scores_and_a_bundle_that_verifies(
    database: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = await difficult_contest(**OPEN)
    preview = await publishing.preview(told.contest)
    assert preview.problems == ()
    await publishing.publish(told.contest.id, told.organiser.id, NOW, preview.seen)
    await told.reload()
    results = await showcase.results(told.contest)
    assert results is not None
    # W1: 0.3 x 90 + 0.7 (20 + 40 + 4 x 8.17 x 1.5) = 103.314; W3: 0.3 x 87 + 0.7 (17 + 28 + 4 x 8 x 0.9) = 77.76
    assert [(line.work_number, line.place, line.total) for line in results.groups[0].lines] == [
        ("W1", 1, "103.31"),
        ("W2", 2, "80.00"),
        ("W3", 3, "77.76"),
        ("W4", 4, "21.00"),
    ]
    score = await scores.by_code(told.codes["W1"])
    assert score is not None
    assert score.why is not None
    (form,) = (one for module in score.why.working.modules for one in module.aspects if one.code == "P3")
    assert form.points is not None
    assert ([term.figure.text for term in form.sums[-1].terms], form.points.text) == (["8.17", "4", "1.5"], "49.02")
    _, bundle = await showcase.bundle(told.contest)
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        rows = archive.read("coefficients.csv").decode().splitlines()
    assert rows == [
        "entry,aspect,coefficient",
        *("W1,P3,1.5", "W2,P3,1", "W3,P3,0.9", "W4,P3,1", "W6,P3,1", "W7,P3,1"),
    ], "the absent W5 is nobody's business any more"
    assert verify_bundle(bundle).problems == ()
    (tmp_path / "bundle.zip").write_bytes(bundle)
    assert (verify([str(tmp_path / "bundle.zip")]), capsys.readouterr().out.splitlines()[0]) == (0, "OK")


async def test_an_amendment_without_difficulty_publishes_without_any(database: Any) -> None:
    told = await difficult_contest(**OPEN)
    await amended(told, 2)
    assert (await publishing.preview(told.contest)).problems == ()
    await publishing.publish(told.contest.id, told.organiser.id, NOW)
    await told.reload()
    _, bundle = await showcase.bundle(told.contest)
    assert verify_bundle(bundle).problems == ()
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert "coefficients.csv" not in archive.namelist()
        assert "W3,ok,80.00" in archive.read("standings.csv").decode()


async def test_difficulty_that_changes_after_the_preview_stops_publishing(database: Any) -> None:
    told = await difficult_contest()
    preview = await publishing.preview(told.contest)
    await enter(told, "P3", W1=1_600_000)
    with pytest.raises(Refused) as refused:
        await publishing.publish(told.contest.id, told.organiser.id, NOW, preview.seen)
    assert refused.value.problems == (Problem("publish_changed"),)


async def test_publishing_and_changing_at_once_one_is_refused(database: Any) -> None:
    told = await difficult_contest()
    change = entries.set_all_facts(told.contest.id, {}, told.organiser.id, {told.works["W1"]: {"P3": 1_600_000}})
    done = await asyncio.gather(
        publishing.publish(told.contest.id, told.organiser.id, NOW), change, return_exceptions=True
    )
    refused = [each.problems[0].code for each in done if isinstance(each, Refused)]
    counted = (await difficulty.recorded(told.contest.id))[told.works["W1"], "P3"]
    assert (refused, counted, await Publication.count()) in [
        (["publish_changed"], 1_600_000, 0),
        (["facts_published"], 1_500_000, 1),
        ([], 1_600_000, 1),  # the change was there before anything was read
    ]
