"""The made-up innovations: at every point of their way, six of them public, made by workers of their units."""

from collections import Counter

from foundation.people.worker_tables import Worker
from ganpo.demo.innovation_texts import FOIL, MADE
from innovations import library_reads
from innovations.innovation_tables import Innovation, InnovationAuthor
from innovations.rules.innovation_form import Author, Body, Draft, Patent, draft_problems, gaps
from innovations.rules.innovation_kinds import QUESTIONS
from tests.demonstration import Demonstration


def test_each_is_written_as_its_form_asks():
    for told in MADE:
        authors = tuple(Author(one.name, one.share, part=one.part) for one in told.makers)
        body = Body(told.sections, tuple(Patent(*one) for one in told.patents), tuple(QUESTIONS))
        draft = Draft(told.title, told.kind, told.field, told.year, body, authors)
        assert (told.title, draft_problems(draft, ["C", "D", "G"], 2026)) == (told.title, [])
        assert (told.title, bool(gaps(draft))) == (told.title, told.end == "draft")


async def test_they_stand_at_every_point_and_six_are_public(province: Demonstration) -> None:
    rows = await Innovation.select(Innovation.stage)
    assert Counter(row["stage"] for row in rows) == {
        "draft": 1, "handed_in": 2, "returned": 1, "in_review": 5, "awarded": 6, "not_awarded": 1, "withdrawn": 1,
    }  # fmt: skip
    public = await library_reads.listed({})
    assert {one.said.title for one in public} == {told.title for told in MADE if told.end == "awarded"}
    assert [one.said.title for one in public if not one.said.pictures] == []


async def test_the_five_of_the_fourth_and_whom_the_registry_knows(province: Demonstration) -> None:
    rows = await InnovationAuthor.select(
        InnovationAuthor.name, InnovationAuthor.share, InnovationAuthor.worker.name.as_alias("linked")
    ).where(InnovationAuthor.innovation.title == FOIL).order_by(InnovationAuthor.position)  # fmt: skip
    assert [(row["name"], row["share"], row["linked"]) for row in rows] == [
        ("徐望川", 40, "徐望川"), ("祝匠心", 20, "祝匠心"), ("邹石磊", 15, None), ("祝路平", 15, None),
        ("徐小满", 10, None),
    ]  # fmt: skip
    linked = await InnovationAuthor.select(
        InnovationAuthor.worker, InnovationAuthor.innovation.organisation.as_alias("unit")
    ).where(InnovationAuthor.worker.is_not_null())
    workers = await Worker.select(Worker.id, Worker.unit).where(Worker.id.is_in([row["worker"] for row in linked]))
    homes = {row["id"]: row["unit"] for row in workers}
    assert len(linked) > 25
    assert [row for row in linked if homes[row["worker"]] != row["unit"]] == []
