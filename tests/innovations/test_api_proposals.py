"""A unit's own system and its proposals: handed in, read, answered, once for each key, and never another unit's."""

import asyncio
import json
from datetime import UTC, datetime
from urllib.parse import quote

import pytest

from foundation.people import api_answers, api_tokens, organisation_moves
from foundation.people.tables import Account
from foundation.people.token_tables import ApiAnswer, ApiToken
from foundation.store import ledger
from foundation.store.transactions import transaction
from innovations import api_reads, proposal_facts, proposal_index, proposal_reads, proposal_receipts
from innovations import innovations as innovation_writer
from innovations.proposal_tables import Proposal, ProposalOutcome, ProposalStep
from tests.calendars import know_the_years
from tests.foundation.web.test_api import LIST, SENT, ask, send, token
from tests.innovations.made_up import PHONE, works
from tests.innovations.rules.foil import FOIL
from tests.web import visitors


async def taken(web, sent: str, key: str, **values) -> dict:
    answer = await send(web, LIST, sent, {**SENT, **values}, key)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_proposal_is_handed_in_in_the_name_of_the_system(database):
    here = await works()
    await know_the_years()
    number, good = await token(here)
    async with visitors() as web:
        answer = await taken(web, good, "key-00000001", phone=PHONE, others="占云帆", suggestion="提高工资并贴码放图")
        assert answer == {
            "id": answer["id"], "stage": "submitted", "revision": 1,
            "hints": [{"rule": "pay", "words": ["工资"]}, {"rule": "no_plan", "words": []}],
        }  # fmt: skip
    row = await Proposal.select().where(Proposal.id == answer["id"]).first()
    assert row is not None
    assert (row["organisation"], row["worker"], row["stage"]) == (here.places["works"], here.worker, "submitted")
    assert row["due_at"] is not None
    assert PHONE not in str(row)
    system = await ApiToken.select(ApiToken.account).where(ApiToken.id == number).first()
    assert system is not None
    entries = await ledger.entries(f"proposal:{row['id']}")
    assert [(one.act, one.actor) for one in entries] == [("proposal.hand_in", f"account:{system['account']}")]
    steps = await proposal_facts.steps(row["id"], named=True)
    assert [(step.step, step.by) for step in steps] == [("hand_in", "云窑生产系统")]
    assert [one.id for one in await proposal_receipts.of_worker(here.worker)] == [row["id"]]


async def test_what_came_this_way_is_found_like_any_other(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        first = await taken(web, good, "key-00000001")
        second = await taken(web, good, "key-00000002", title="窑车码放图也上墙")
        clerk = await here.user("mei")
        one = await proposal_reads.one(clerk, first["id"])
        assert [each.one.id for each in await proposal_index.like_this(clerk, one)] == [second["id"]]
        page = await (await web.signed_in("mei")).get(f"/proposals/desk/{first['id']}")
        assert "云窑生产系统" in page.text


async def test_the_same_key_is_done_once_and_another_body_under_it_is_refused(database):
    here = await works()
    _, good = await token(here)
    _, other = await token(here)
    async with visitors() as web:
        first = await send(web, LIST, good, SENT)
        again = await send(web, LIST, good, SENT)
        assert (again.status_code, again.json()) == (201, first.json())
        assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")
        wrong = await send(web, LIST, good, {**SENT, "title": "另一题目"})
        assert (wrong.status_code, [one["code"] for one in wrong.json()["problems"]]) == (422, ["api_key_again"])
        path = f"{LIST}/{first.json()['id']}/answers"
        wrong = await send(web, path, good, SENT)  # another address
        assert wrong.status_code == 422
        assert (await send(web, LIST, other, SENT)).json()["id"] != first.json()["id"]  # keys are each token's own
        assert await Proposal.count() == 2
        await ApiAnswer.update({ApiAnswer.at: datetime(2026, 1, 1, tzinfo=UTC)}, force=True)
        assert (await send(web, LIST, good, {**SENT, "title": "另一题目"})).status_code == 201  # a day later
        assert await api_answers.let_go(datetime.now(UTC)) == 1
        assert await ApiAnswer.count() == 1
        for key in ("", "short", "x" * 81, "has space in it"):
            wrong = await send(web, LIST, good, SENT, key)
            assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "Idempotency-Key")
    rows = await ApiAnswer.select()
    assert SENT["name"] not in str(rows)
    assert SENT["title"] not in str(rows)


async def test_of_twins_at_once_one_is_kept_and_both_are_answered_alike(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        answers = await asyncio.gather(*(send(web, LIST, good, SENT) for _ in range(6)))
    assert {one.status_code for one in answers} == {201}
    assert len({one.json()["id"] for one in answers}) == 1
    assert await Proposal.count() == await ProposalStep.count() == await ApiAnswer.count() == 1


async def test_twins_in_two_processes_are_one_as_well(database):
    """Without the group commit, as in two processes: each in a transaction of its own."""
    here = await works()
    number, _ = await token(here)
    done = []

    async def act():
        done.append(1)
        return api_answers.Answer(201, "{}")

    now = datetime.now(UTC)
    answers = await asyncio.gather(*(api_answers.once(number, "key-00000001", "a" * 64, now, act) for _ in range(5)))
    assert sorted(one.replayed for one in answers) == [False, True, True, True, True]
    assert await ApiAnswer.count() == 1


async def test_nothing_is_saved_of_a_token_that_was_revoked_after_its_request_was_let_in(database, monkeypatch):
    here = await works()
    number, good = await token(here)
    let_in = api_tokens.from_header

    async def then_revoked(header, now):
        user = await let_in(header, now)
        await api_tokens.revoke(number, here.people["yue"], now)
        return user

    monkeypatch.setattr(api_tokens, "from_header", then_revoked)
    async with visitors() as web:
        answer = await send(web, LIST, good, SENT)
    assert (answer.status_code, answer.json()["status"]) == (401, 401)
    assert await Proposal.count() == await ProposalStep.count() == await ApiAnswer.count() == 0


async def test_who_revokes_a_token_waits_for_what_it_is_writing(database):
    here = await works()
    number, _ = await token(here)
    held, go_on, now = asyncio.Event(), asyncio.Event(), datetime.now(UTC)

    async def act():
        return api_answers.Answer(201, "{}")

    async def writing():
        async with transaction():
            await api_tokens.hold(number, now)
            held.set()
            await go_on.wait()
            return [row["revoked_at"] for row in await ApiToken.select(ApiToken.revoked_at)]

    async def revoking():
        await held.wait()
        revoked = asyncio.create_task(api_tokens.revoke(number, here.people["yue"], now))
        go_on.set()
        await revoked

    seen, _ = await asyncio.gather(writing(), revoking())
    assert seen == [None]
    with pytest.raises(api_tokens.TokenEnded):
        await api_answers.once(number, "key-00000001", "a" * 64, now, act)
    assert await ApiAnswer.count() == 0


async def test_what_is_refused_saves_neither_rows_nor_an_answer(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        wrong = await send(web, LIST, good, {**SENT, "title": " ", "kind": "x", "phone": "12"})
        assert {one["field"] for one in wrong.json()["problems"]} == {"/title", "/kind", "/phone"}
        body = {"proposals": [SENT, {**SENT, "title": "x" * 61}, SENT, {**SENT, "name": ""}]}
        wrong = await send(web, f"{LIST}/batch", good, body)
        assert (wrong.status_code, [one["field"] for one in wrong.json()["problems"]]) == (
            422, ["/proposals/1/title", "/proposals/3/name"],
        )  # fmt: skip
        assert await Proposal.count() == await ApiAnswer.count() == 0
        assert (await send(web, LIST, good, SENT)).status_code == 201  # the key was not used up


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_more_text_than_one_transaction_takes_is_refused_before_it(database):
    here = await works()
    _, good = await token(here)
    body = {"proposals": [{**SENT, "suggestion": "换" * 4000}] * 16}
    async with visitors() as web:
        wrong = await send(web, f"{LIST}/batch", good, body)
        assert [(one["code"], one["field"]) for one in wrong.json()["problems"]] == [("proposals_long", "/proposals")]
    assert await Proposal.count() == 0


async def test_two_hundred_at_once_are_all_there_in_their_order(database):
    here = await works()
    _, good = await token(here)
    body = {"proposals": [{**SENT, "title": f"第{n}条", "phone": PHONE if n == 7 else ""} for n in range(200)]}
    async with visitors() as web:
        answer = await send(web, f"{LIST}/batch", good, body)
        assert answer.status_code == 201, answer.text
        ids = [one["id"] for one in answer.json()["proposals"]]
        rows = await Proposal.select(Proposal.id, Proposal.title, Proposal.worker).order_by(Proposal.id)
        assert [row["title"] for row in rows] == [f"第{n}条" for n in range(200)]
        assert [row["id"] for row in rows] == ids
        assert [row["id"] for row in rows if row["worker"]] == [ids[7]]
        first = (await ask(web, LIST, good)).json()
        assert ([one["id"] for one in first["proposals"]], first["next"]) == (ids[:99:-1], f"{LIST}?before={ids[100]}")
        second = (await ask(web, first["next"], good)).json()
        assert ([one["id"] for one in second["proposals"]], second["next"]) == (ids[99::-1], None)
        assert (await ask(web, f"{LIST}?stage=adopted", good)).json() == {"proposals": [], "next": None}
        for query, status in (
            ("stage=draft", 422), ("stage=~submitted", 422), ("before=1&before=2", 422), ("before=x", 404),
            ("before=99999999999", 404),
        ):  # fmt: skip
            assert (await ask(web, f"{LIST}?{query}", good)).status_code == status, query


async def test_the_whole_way_to_a_benefit_that_waits_for_a_second_person(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        one = await taken(web, good, "key-00000000", phone=PHONE)
        path = f"{LIST}/{one['id']}"
        for at, step in enumerate(("accept", "review", "adopt", "carry_out"), 1):
            answer = await send(web, f"{path}/answers", good, {"step": step, "revision": at}, f"key-answer-{at}")
            assert (answer.status_code, answer.json()["revision"]) == (200, at + 1), answer.text
        said = {"done": "贴了三张图", "done_on": "2026-05-10", "counted": True, "claimed_fen": 1_286_000_01,
                "working": "少倒窑", "revision": 5}  # fmt: skip
        answer = await send(web, f"{path}/outcome", good, said, "key-outcome")
        assert answer.json() == {"id": one["id"], "stage": "carried_out", "revision": 6, "hints": []}
        read = (await ask(web, path, good)).json()
        assert read["outcome"]["claimed_fen"] == 1_286_000_01
        assert (read["outcome"]["verified_fen"], read["reward"], read["possible"]) == (None, None, [])
        assert [step["step"] for step in read["steps"]] == [
            "hand_in", "accept", "review", "adopt", "carry_out", "carried_out"
        ]  # fmt: skip
        assert PHONE not in json.dumps(read)
        late = await send(web, f"{path}/outcome", good, {**said, "revision": 6}, "key-outcome-2")
        assert (late.status_code, await ProposalOutcome.count()) == (409, 1)


async def test_an_answer_to_what_has_moved_on_is_told_and_its_forms_problems_named(database):
    here = await works()
    number, _ = await here.sent()
    await here.answered(number, "accept")
    _, good = await token(here)
    path = f"{LIST}/{number}/answers"
    async with visitors() as web:
        stale = await send(web, path, good, {"step": "review", "revision": 2}, accept="x")
        assert (stale.status_code, stale.json()["problems"][0]["code"]) == (409, "api_stale")
        now = (await ask(web, f"{LIST}/{number}", good)).json()["proposal"]["revision"]
        late = await send(web, path, good, {"step": "adopt", "revision": now})
        assert (late.status_code, late.json()["problems"][0]["code"]) == (409, "proposal_step_late")
        for body, field in (
            ({"step": "return", "revision": now}, "/reopened"),
            ({"step": "return", "revision": now, "reopened": {"title": ""}}, "/reopened/title"),
            ({"step": "pass_on", "revision": now, "note": "x"}, "/desk"),
            ({"step": "not_adopt", "revision": now}, "/note"),
            ({"step": "return", "revision": now, "reopened": {"title": "x", "salary": "y"}}, "/reopened/salary"),
            ({"step": "accept", "revision": now, "reopened": {"title": "x"}}, "/reopened"),
            ({"step": "fly", "revision": now}, "/step"),
            ({"step": "accept", "revision": True}, "/revision"),
            ({"step": "accept", "revision": -1}, "/revision"),
        ):
            wrong = await send(web, path, good, body)
            assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, field), body
        outcome = {"done": "", "done_on": "2999-01-01", "counted": True, "revision": now}
        wrong = await send(web, f"{LIST}/{number}/outcome", good, outcome)
        fields = {one["field"] for one in wrong.json()["problems"]}
        assert fields == {"/done", "/done_on", "/claimed_fen", "/working"}
        outcome = {"done": "x", "done_on": "2026-01-01", "counted": False, "uncounted": "safety", "claimed_fen": 500,
                   "revision": now}  # fmt: skip
        wrong = await send(web, f"{LIST}/{number}/outcome", good, outcome)
        assert [one["field"] for one in wrong.json()["problems"]] == ["/claimed_fen"]


async def test_what_nobody_holds_a_code_of_is_not_given_back(database):
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        one = await taken(web, good, "key-00000001")
        path = f"{LIST}/{one['id']}"
        assert "return" not in (await ask(web, path, good)).json()["possible"]
        said = {"step": "return", "revision": 1, "reopened": {"title": "请补充"}}
        wrong = await send(web, f"{path}/answers", good, said, "key-00000002")
        found = wrong.json()["problems"][0]
        assert (wrong.status_code, found["code"], found["field"]) == (422, "proposal_no_writer", "/step")


async def test_a_system_asks_for_what_changed_since_it_last_asked(database):
    here = await works()
    _, good = await token(here)
    _, stranger = await token(here, "other")
    async with visitors() as web:
        old, mended, new = [(await taken(web, good, f"key-0000000{n}", title=f"第{n}条"))["id"] for n in range(3)]
        long_ago = datetime(2026, 5, 1, tzinfo=UTC)
        await Proposal.update({Proposal.changed_at: long_ago}).where(Proposal.id.is_in([old, mended]))
        said = {"step": "accept", "revision": 1}
        assert (await send(web, f"{LIST}/{mended}/answers", good, said, "key-answer-1")).status_code == 200
        found = (await ask(web, f"{LIST}?changed_since=2026-05-02T00:00:00Z", good)).json()
        assert ([one["id"] for one in found["proposals"]], found["next"]) == ([new, mended], None)  # made, not changed
        last = found["proposals"][1]["changed_at"]
        for query, ids in (
            (f"changed_since={quote(last)}", [mended]),  # the very time is among it
            ("changed_since=2026-05-01T08:00:00%2B08:00", [new, mended, old]),
            ("changed_since=2026-05-01T08:00:01+08:00", [new, mended]),
            ("changed_since=2026-05-02T00:00:00Z&stage=accepted", [mended]),
            (f"changed_since=2026-05-02T00:00:00Z&before={new}", [mended]),
        ):
            answer = (await ask(web, f"{LIST}?{query}", good)).json()
            assert [one["id"] for one in answer["proposals"]] == ids, query
        for wrong in ("yesterday", "2026-05-02", "2026-02-30T00:00:00Z", "2026-05-02T00:00:00"):
            answer = await ask(web, f"{LIST}?changed_since={wrong}", good)
            assert (answer.status_code, answer.json()["problems"][0]["field"]) == (422, "changed_since"), wrong
        assert (await ask(web, f"{LIST}?changed_since=2026-05-01T00:00:00Z", stranger)).json()["proposals"] == []
        await innovation_writer.begin(FOIL, here.places["works"], here.people["mei"], long_ago)
        for since, count in (("2026-05-01T00:00:00Z", 1), ("2026-05-01T00:00:01Z", 0)):
            found = (await ask(web, f"/api/unit/innovations?changed_since={since}", good)).json()["innovations"]
            assert len(found) == count
        merging = datetime.now(UTC)
        await organisation_moves.merge(here.places["works"], here.places["other"], "test", merging)
        moved = (await ask(web, f"{LIST}?changed_since={quote(merging.isoformat())}", stranger)).json()["proposals"]
        assert [one["id"] for one in moved] == [new, mended, old]  # for this system they are new


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_page_of_what_changed_leads_on_to_the_next_one(database, monkeypatch):
    monkeypatch.setattr(api_reads, "PAGE", 1)
    here = await works()
    _, good = await token(here)
    async with visitors() as web:
        first, second = [(await taken(web, good, f"key-0000000{n}", title=f"第{n}条"))["id"] for n in range(2)]
        page = (await ask(web, f"{LIST}?changed_since=2026-05-02T00:00:00%2B08:00", good)).json()
        assert [one["id"] for one in page["proposals"]] == [second]
        page = (await ask(web, page["next"], good)).json()
        assert ([one["id"] for one in page["proposals"]], page["next"]) == ([first], None)


async def test_another_units_proposal_a_draft_and_those_of_units_below_are_not_there(database):
    here = await works()
    number, _ = await here.sent()
    draft, _ = await here.begun()
    _, stranger = await token(here, "other")
    _, above = await token(here, "county")
    _, own = await token(here)
    answer = {"step": "accept", "revision": 2}
    async with visitors() as web:
        for good, there in ((stranger, number), (above, number), (own, draft), (own, 999_999), (own, 2**31)):
            assert (await ask(web, f"{LIST}/{there}", good)).status_code == 404
            assert (await send(web, f"{LIST}/{there}/answers", good, answer)).status_code == 404
            assert (await send(web, f"{LIST}/{there}/outcome", good, answer)).status_code == 404
        for good in (stranger, above):
            assert (await ask(web, LIST, good)).json()["proposals"] == []
        assert [one["id"] for one in (await ask(web, LIST, own)).json()["proposals"]] == [number]


async def test_the_units_innovations_are_read_by_the_unit_alone(database):
    here = await works()
    number = await innovation_writer.begin(FOIL, here.places["works"], here.people["mei"], datetime.now(UTC))
    _, own = await token(here)
    _, above = await token(here, "county")
    path = "/api/unit/innovations"
    async with visitors() as web:
        found = (await ask(web, path, own)).json()["innovations"]
        assert [(one["id"], one["title"], one["stage"]) for one in found] == [(number, FOIL.title, "draft")]
        assert (await ask(web, f"{path}?stage=awarded", own)).json()["innovations"] == []
        assert (await ask(web, f"{path}?stage=x", own)).status_code == 422
        assert (await ask(web, path, above)).json() == {"innovations": [], "next": None}


async def test_nobody_can_sign_in_as_a_system_and_no_officer_meets_it_among_people(database):
    here = await works()
    number, _ = await token(here)
    row = await ApiToken.select(ApiToken.account).where(ApiToken.id == number).first()
    assert row is not None
    account = await Account.select().where(Account.id == row["account"]).first()
    assert account is not None
    assert (account["active"], account["password_hash"], account["activation_hash"]) == (False, "", "")
    async with visitors() as web:
        for name in ("yue", "sheng"):
            officer = await web.signed_in(name)
            assert "云窑生产系统" not in (await officer.get("/accounts")).text
            assert (await officer.get(f"/accounts/{row['account']}")).status_code == 404
            assert (await officer.post(f"/accounts/{row['account']}", {"act": "activation"})).status_code == 404


async def test_a_write_that_fails_in_the_middle_leaves_nothing(database):
    here = await works()
    number, _ = await token(here)
    sent, _ = await here.sent()

    async def act():
        await Proposal.update({Proposal.title: "x"}, force=True)
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        await api_answers.once(number, "key-00000001", "a" * 64, datetime.now(UTC), act)
    row = await Proposal.select(Proposal.title).where(Proposal.id == sent).first()
    assert row is not None
    assert row["title"] != "x"
    assert await ApiAnswer.count() == 0
