"""A proposal on paper, entered by a clerk: whose it is, who entered it, from when the unit's days count."""

from datetime import date, datetime, timedelta

import pytest

from foundation.base.problem import Refused
from foundation.people import workers
from foundation.people.worker_facts import Given
from foundation.store import ledger
from innovations import proposal_answers, proposal_facts, proposal_paper, proposal_reads, proposal_receipts
from innovations.proposal_paper import Entering
from innovations.proposals import revision
from innovations.rules.answers import Answer
from innovations.rules.proposal_form import ProposalDraft
from innovations.rules.proposal_paper import OnPaper, read_paper
from innovations.rules.proposals import Stage
from tests.innovations.made_up import NOW, PHONE, SAID, TYPED, ZONE, Here, works
from tests.innovations.test_proposal_pages import picture, sentences
from tests.web import visitors

PAPER = OnPaper(SAID, date(2026, 5, 8))


def at(here: Here, unit: str = "works", by: str = "mei") -> Entering:
    return Entering(here.places[unit], here.people[by], NOW, ZONE)


async def codes(awaited) -> list[str]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [problem.code for problem in raised.value.problems]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, []),
        ({"on": ""}, [("on", "proposal_paper_day")]),
        ({"on": "1926-05-08"}, [("on", "proposal_paper_day")]),
        ({"on": "2026-05-13"}, [("on", "outcome_day_later")]),
        ({"title": "", "on": "gestern"}, [("title", "proposal_title_empty"), ("on", "proposal_paper_day")]),
    ],
)
def test_what_is_typed_is_checked_as_a_worker_s_own_words_are(changes, wrong):
    paper, problems = read_paper({**TYPED, "on": "2026-05-12", **changes}, NOW.date())
    assert [(problem.field, problem.code) for problem in problems] == wrong
    assert (paper is None) == bool(wrong)


async def test_it_stands_as_handed_in_on_its_day_and_says_who_entered_it(database):
    here = await works()
    number = await proposal_paper.enter(PAPER, None, at(here))
    one = await proposal_reads.one(await here.user("mei"), number)
    assert (one.stage, one.handed_in_at, one.worker) == (
        Stage.SUBMITTED,
        datetime(2026, 5, 8, tzinfo=ZONE),
        here.worker,
    )
    steps = await proposal_facts.steps(number, named=True)
    assert [(step.step, step.by) for step in steps] == [("enter_paper", "mei")]
    assert [one.id for one in await proposal_receipts.of_worker(here.worker)] == [number]
    entries = await ledger.entries(f"proposal:{number}")
    assert [(entry.act, entry.actor) for entry in entries] == [
        ("proposal.enter_paper", f"account:{here.people['mei']}")
    ]


async def test_its_days_count_from_the_paper_and_not_from_the_keyboard(database):
    here = await works()
    old = await proposal_paper.enter(PAPER, None, at(here))
    new = await proposal_paper.enter(OnPaper(ProposalDraft(**{**TYPED, "title": "别的"}), NOW.date()), None, at(here))
    user = await here.user("mei")
    first, second = await proposal_reads.one(user, old), await proposal_reads.one(user, new)
    assert first.due_at is not None
    assert second.due_at is not None
    assert second.due_at - first.due_at >= timedelta(days=2)


async def test_the_same_words_of_the_same_person_are_entered_once(database):
    here = await works()
    await here.sent()  # through a door
    assert await codes(proposal_paper.enter(PAPER, None, at(here))) == ["proposal_paper_again"]
    other = OnPaper(ProposalDraft(**{**TYPED, "name": "占云帆"}), PAPER.on)
    await proposal_paper.enter(other, None, at(here))
    assert await codes(proposal_paper.enter(other, None, at(here))) == ["proposal_paper_again"]
    await proposal_paper.enter(PAPER, None, at(here, "other", "tao"))  # another unit's is its own


async def test_what_was_copied_wrong_is_mended_until_the_unit_answers(database):
    here = await works()
    number = await proposal_paper.enter(PAPER, None, at(here))
    right = ProposalDraft(**{**TYPED, "title": "窑车码放图上墙，换品种时翻牌"})
    await proposal_paper.mend(number, right, await revision(number), here.people["yue"], NOW)
    one = await proposal_reads.one(await here.user("mei"), number)
    assert (one.title, one.handed_in_at) == (right.title, datetime(2026, 5, 8, tzinfo=ZONE))
    assert await codes(proposal_paper.mend(number, SAID, 1, here.people["mei"], NOW)) == ["proposal_changed"]
    await here.answered(number, "accept")
    late = proposal_paper.mend(number, SAID, await revision(number), here.people["mei"], NOW)
    assert await codes(late) == ["proposal_not_writable"]
    own, _ = await here.sent(ProposalDraft(**{**TYPED, "title": "自己写的"}))
    assert await codes(proposal_paper.mend(own, SAID, await revision(own), here.people["mei"], NOW)) == [
        "proposal_not_writable"
    ]


async def test_a_name_that_was_copied_wrong_takes_the_proposal_off_that_person_s_own_page(database):
    here = await works()
    phone = "19900000002"
    right, _ = await workers.create(Given("占云帆", phone=phone), here.places["works"], "test", NOW)
    number = await proposal_paper.enter(PAPER, None, at(here))
    mended = ProposalDraft(**{**TYPED, "name": "占云帆", "phone": phone})
    await proposal_paper.mend(number, mended, await revision(number), here.people["mei"], NOW)
    assert [one.id for one in await proposal_receipts.of_worker(here.worker)] == []
    assert [one.id for one in await proposal_receipts.of_worker(right)] == [number]
    back = ProposalDraft(**{**TYPED, "phone": PHONE})
    await proposal_paper.mend(number, back, await revision(number), here.people["mei"], NOW)
    assert [one.id for one in await proposal_receipts.of_worker(here.worker)] == [number]


async def test_it_is_given_back_to_nobody(database):
    here = await works()
    number = await proposal_paper.enter(PAPER, None, at(here))
    back = Answer("return", "请补充", reopened={"suggestion": "说清怎么翻牌"})
    answer = proposal_answers.answer(number, back, await revision(number), here.people["mei"], NOW, ZONE)
    assert await codes(answer) == ["proposal_no_writer"]


async def test_the_form_keeps_every_word_and_the_photograph(database):
    await works()
    async with visitors() as web:
        clerk, stranger, above = [await web.signed_in(name) for name in ("mei", "tao", "yun")]
        page = await clerk.get("/proposals/desk/paper")
        assert all(f"<dt>{words}</dt>" in page.text for words in ("投诉举报", "工资福利"))  # the rules, before any word
        typed = {**TYPED, "title": "", "on": "2026-05-08"}
        refused = await clerk.post(
            "/proposals/desk/paper", typed, files={"picture": ("纸.jpg", picture(), "image/jpeg")}
        )
        assert (refused.status_code, sentences(refused)) == (422, ["请用一句话写明建议什么。"])
        assert TYPED["suggestion"] in refused.text
        kept = refused.text.split('name="picture.kept" value="')[1].split('"')[0]
        answer = await clerk.post("/proposals/desk/paper", {**typed, "title": SAID.title, "picture.kept": kept})
        assert answer.status_code == 303
        address = answer.headers["location"].split("?")[0]
        page = (await clerk.get(address)).text
        assert "纸质录入人" in page
        assert f"{address}/pictures/{kept}/" in page
        assert "mei" in page
        assert "由纸质建议录入" in (await above.get(address)).text
        assert "纸质录入人</dt><dd>mei" not in (await above.get(address)).text
        mended = await clerk.get(f"{address}/paper")
        assert SAID.suggestion in mended.text
        rev = mended.text.split('name="revision" value="')[1].split('"')[0]
        saved = await clerk.post(f"{address}/paper", {**TYPED, "title": "码放图", "phone": PHONE, "revision": rev})
        assert saved.status_code == 303
        assert "码放图" in (await clerk.get(address)).text
        for who in (stranger, above):
            assert (await who.get(f"{address}/paper")).status_code == 404
            assert (await who.post(f"{address}/paper", TYPED)).status_code == 404
        assert "退回补充" not in (await clerk.get(address)).text
