"""One's own score: what a personal code opens, and how little a wrong one learns."""

from typing import Any

import pytest

from competitions import entries, scores
from competitions.routes import score as pages
from competitions.rules.worked import MarkShown
from foundation.base.secrets import grouped, new_code
from foundation.process import wrong_codes
from tests.competitions.publishing.told import PEOPLE, TOTALS, locked_contest, published_contest
from tests.web import visitors


@pytest.fixture(autouse=True)
def nothing_wrong_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "wrong_codes", wrong_codes.WrongCodes("code_paused"))


async def test_a_code_opens_ones_own_score_whatever_others_may_see(database: Any) -> None:
    told = await published_contest(names_shown="nobody", awarded_places=0)
    for work, total in TOTALS.items():
        score = await scores.by_code(told.codes[work])
        assert score is not None
        assert score.why is not None
        assert (score.name, score.unit, score.city) == PEOPLE[work][:3]
        assert (score.why.working.entry, score.why.working.total) == (work, total)


async def test_a_code_is_read_however_it_is_typed(database: Any) -> None:
    told = await published_contest()
    code = told.codes["W1"]
    for typed in (code, grouped(code), code.lower(), f" {grouped(code).replace(' ', '-')} ", code.replace("0", "O")):
        score = await scores.by_code(typed)
        assert score is not None, typed
        assert score.name == "龚䶮"


async def test_before_publishing_a_right_code_opens_nothing_but_that_word(database: Any) -> None:
    told = await locked_contest()
    assert await scores.by_code(told.codes["W1"]) == scores.Score()


async def test_wrong_empty_and_replaced_codes_open_nothing(database: Any) -> None:
    told = await published_contest()
    assert await scores.by_code(new_code()) is None
    assert await scores.by_code("") is None  # nor does it open those who have no code yet
    assert await scores.by_code(told.codes["W1"][:-1]) is None
    assert await scores.by_code(told.codes["W1"] + "0") is None
    await entries.issue_codes(told.contest.id, told.organiser.id, only=[told.works["W1"]])
    assert await scores.by_code(told.codes["W1"]) is None


async def test_an_absent_contestant_reads_what_became_of_the_entry(database: Any) -> None:
    told = await published_contest()
    async with visitors() as web:
        page = await web.visitor().post("/score", {"code": told.codes["W5"]})
    assert page.status_code == 200
    assert "柯远山" in page.text
    assert "缺赛" in page.text


async def test_the_page_shows_every_mark_and_step_and_is_kept_by_nobody(database: Any) -> None:
    told = await published_contest()
    async with visitors() as web:
        typed = await web.visitor().post("/score", {"code": grouped(told.codes["W1"])})
        scanned = await web.visitor().get(f"/score/{told.codes['W1']}")
    for page in (typed, scanned):
        assert page.status_code == 200
        headers = [
            page.headers.get(name) for name in ("cache-control", "referrer-policy", "x-robots-tag", "set-cookie")
        ]
        assert headers == ["no-store", "no-referrer", "noindex, nofollow", None]
        for words in ("龚䶮", "8.1666…", "49/6", "→ 8.17", "8.17 × 4", "91.876", "→ 91.88"):
            assert words in page.text, words
        assert page.text.count("<del>") == 2
    score = await scores.by_code(told.codes["W1"])
    assert score is not None
    assert score.why is not None
    marks = score.why.working.modules[1].aspects[2].marks
    assert sorted(marks, key=lambda mark: float(mark.text)) == sorted(
        [
            MarkShown(mark.judge, mark.text, dropped=mark.text in ("7", "9.5"))
            for mark in marks
        ],
        key=lambda mark: float(mark.text),
    )  # fmt: skip


async def test_a_void_module_is_said_with_its_condition(database: Any) -> None:
    told = await published_contest()
    async with visitors() as web:
        page = (await web.visitor().post("/score", {"code": told.codes["W4"]})).text
    assert "本模块计 0 分" in page
    assert "焊缝有裂纹" in page
    assert "未评" in page  # one judge of the panel gave none


async def test_the_form_tells_in_one_sentence_that_a_code_is_wrong(database: Any) -> None:
    async with visitors() as web:
        visitor = web.visitor()
        wrong, empty = await visitor.post("/score", {"code": new_code()}), await visitor.post("/score", {"code": " "})
        form, scanned = await visitor.get("/score"), await visitor.get("/score/nonsense")
    assert [page.status_code for page in (wrong, empty, form, scanned)] == [404, 422, 200, 404]
    assert "没有与此查询码对应的成绩" in wrong.text
    assert "没有与此查询码对应的成绩" in scanned.text
    assert "请输入个人查询码" in empty.text
    for page in (wrong, empty, form, scanned):
        assert page.headers["cache-control"] == "no-store"
        # "no-referrer" would make browsers send "null" as the form's origin, and the form be refused as foreign
        assert page.headers["referrer-policy"] == "same-origin"


async def test_a_form_from_elsewhere_is_not_read(database: Any) -> None:
    told = await published_contest()
    async with visitors() as web:
        visitor = web.visitor()
        page = await visitor.client.post(
            "/score", data={"code": told.codes["W1"]}, headers={"origin": "https://x.test"}
        )
    assert page.status_code == 403
    assert "龚䶮" not in page.text


async def test_too_many_wrong_codes_from_one_address_must_wait(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wrong_codes, "WRONG", 3)
    async with visitors() as web:
        visitor = web.visitor()
        statuses = [(await visitor.post("/score", {"code": new_code()})).status_code for _ in range(4)]
    assert statuses == [404, 404, 404, 429]
