"""A paper says what the register says: given out with a conferral, followed or ended with what happens after."""

import asyncio
from datetime import date

import pytest

from craftsmen import honour_certificates, honours
from craftsmen.certificate_words import certificate_words, public_reason
from craftsmen.honour_tables import HonourTitle
from craftsmen.rules.honours import Holder, Stage, Verb
from foundation.base.problem import Problem, Refused
from foundation.process import certificate_series
from foundation.process.certificate_tables import Certificate
from foundation.process.rules.certificates import Stage as Paper
from foundation.store import ledger
from foundation.store.transactions import transaction
from tests.craftsmen.honours.honours_made_up import BY, DOCUMENT, MAY, NOW, draft, honoured, place, refused
from tests.web import visitors


async def series(code: str = "honours", pattern: str = "赣匠证〔{年}〕{号}") -> None:
    await certificate_series.define(code, "荣誉证书", pattern, 4, organisation_id=1, by=BY)


async def conferred(here, **more) -> int:
    async with transaction():
        honour = await honours.propose(draft(here, **more), BY, NOW)
    await within(honours.confer([honour], DOCUMENT, MAY, BY, NOW))
    return honour


async def within(work) -> None:
    async with transaction():
        await work


async def papers(honour: int) -> list[tuple[str, Paper]]:
    return [(one.number, one.stage) for one in await honour_certificates.of_honour(honour)]


async def test_a_conferral_gives_out_a_certificate_and_a_list_of_old_honours_none(database):
    here = await place()
    await series()
    honour = await conferred(here)
    (paper,) = await honour_certificates.of_honour(honour)
    assert (paper.number, paper.name, paper.body, paper.document, paper.issued_on) == (
        "赣匠证〔2026〕0001", "冯砚秋 同志", "江西省总工会", DOCUMENT, date(2026, 5, 1),
    )  # fmt: skip
    assert paper.words == "命名为“赣鄱工匠”。\n特发此证。"
    old = await honoured(here, source_key="old")
    assert await papers(old) == []


async def test_a_series_of_the_titles_own_comes_first(database):
    here = await place()
    await series()
    await series("ganpo-craftsman", "赣鄱工匠〔{年}〕{号}")
    assert await papers(await conferred(here)) == [("赣鄱工匠〔2026〕0001", Paper.VALID)]


async def test_without_a_series_the_honour_stands_and_the_paper_follows_later(database):
    here = await place()
    honour = await conferred(here)
    assert (await honours.by_id(honour)).stage is Stage.CONFERRED
    with pytest.raises(Refused) as refusal:
        await honour_certificates.give_out(honour, BY, NOW)
    assert list(refusal.value.problems) == [
        Problem("honour_certificate_series", "", {"code": "ganpo-craftsman", "common": "honours"})
    ]
    await series()
    tried = await asyncio.gather(
        *(honour_certificates.give_out(honour, BY, NOW) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in tried) == ["Issued", "Refused"]
    assert await papers(honour) == [("赣匠证〔2026〕0001", Paper.VALID)]


async def test_a_correction_of_words_on_the_paper_is_followed_by_another_and_of_others_is_not(database):
    here = await place()
    await series()
    honour = await conferred(here)
    await within(honours.correct(honour, {"occupation": "陶瓷装饰工"}, "工种更正。", "核对", None, BY, NOW))
    assert await papers(honour) == [("赣匠证〔2026〕0001", Paper.VALID)]
    await within(honours.correct(honour, {"name": "冯砚湫"}, "姓名更正。", "核对", None, BY, NOW))
    assert await papers(honour) == [("赣匠证〔2026〕0002", Paper.VALID), ("赣匠证〔2026〕0001", Paper.CORRECTED)]
    newest, oldest = await honour_certificates.of_honour(honour)
    assert (newest.name, oldest.reason) == ("冯砚湫 同志", "姓名更正。")


async def test_revoked_and_given_back_end_the_paper_and_what_stands_again_gets_another(database):
    here = await place()
    await series()
    honour = await conferred(here)
    await within(honours.revoke(honour, "弄虚作假。", "见卷宗", None, BY, NOW))
    assert await papers(honour) == [("赣匠证〔2026〕0001", Paper.REVOKED)]
    await within(honours.restore(honour, "原决定有误。", "复议", None, BY, NOW))
    assert await papers(honour) == [("赣匠证〔2026〕0002", Paper.VALID), ("赣匠证〔2026〕0001", Paper.REVOKED)]
    await within(honours.renounce(honour, "本人自愿放弃", "本人自愿放弃", None, BY, NOW))
    assert [stage for _, stage in await papers(honour)] == [Paper.REVOKED, Paper.REVOKED]
    never = await honoured(here, source_key="old")
    await within(honours.revoke(never, "弄虚作假。", "见卷宗", None, BY, NOW))
    await within(honours.restore(never, "原决定有误。", "复议", None, BY, NOW))
    assert await papers(never) == []


async def test_a_conferral_that_fails_takes_no_number(database):
    here = await place()
    await series()
    async with transaction():
        one = await honours.propose(draft(here), BY, NOW)
    old = await honoured(here, source_key="old")
    assert await refused(honours.confer([one, old], DOCUMENT, MAY, BY, NOW)) != []
    assert await Certificate.count() == 0
    await within(honours.confer([one], DOCUMENT, MAY, BY, NOW))
    assert await papers(one) == [("赣匠证〔2026〕0001", Paper.VALID)]


async def test_a_title_without_certificates_gives_none_out(database):
    here = await place()
    await series()
    await HonourTitle.update(certificate=False).where(HonourTitle.code == "ganpo-craftsman")
    assert await papers(await conferred(here)) == []


async def test_who_gave_out_a_paper_stands_in_the_ledger(database):
    here = await place()
    await series()
    honour = await conferred(here)
    (paper,) = await honour_certificates.of_honour(honour)
    (entry,) = await ledger.entries(f"certificate:{paper.id}")
    assert (entry.act, entry.actor, entry.about) == ("certificate.issued", BY, f"honour:{honour}")


def test_the_words_follow_the_custom_of_the_title():
    day = date(2026, 5, 1)
    for verb, posthumous, words in (
        (Verb.NAME, False, "命名为“赣鄱工匠”。\n特发此证。"),
        (Verb.RECOGNISE, False, "认定为“赣鄱工匠”。\n特发此证。"),
        (Verb.NAME, True, "追授“赣鄱工匠”称号。\n特发此证。"),
    ):
        said = certificate_words("釉里红班组", Holder.TEAM, "赣鄱工匠", verb, "会", "", day, posthumous=posthumous)
        assert (said.name, said.words) == ("釉里红班组", words)
    assert (public_reason("长" * 500), public_reason("长" * 501)) == ("长" * 500, "长" * 499 + "…")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_officers_give_one_out_on_the_page_and_everyone_checks_the_honour(database):
    here = await place()
    honour = await honoured(here)
    async with visitors() as web:
        officer, stranger = await web.signed_in("guan", "官", ["officer"]), web.visitor()
        page = await officer.post(f"/honours/{honour}/certificate")
        assert (page.status_code, "尚无代码为" in page.text) == (422, True)
        await series()
        assert (await officer.post(f"/honours/{honour}/certificate")).status_code == 303
        page = await officer.get(f"/honours/{honour}")
        assert ("赣匠证〔2026〕0001" in page.text, "发放证书" in page.text) == (True, False)
        assert (await officer.post(f"/honours/{honour}/certificate")).status_code == 422  # the second attempt
        assert (await stranger.post(f"/honours/{honour}/certificate")).status_code == 401
        found = await stranger.post("/check", {"number": "Ganpo-Craftsman-2026-1"})
        assert found.status_code == 200
        for words in ("冯砚秋", "赣鄱工匠", "/honour-roll/ganpo-craftsman-2026-1"):
            assert words in found.text
        await within(honours.revoke(honour, "弄虚作假。", "见卷宗", None, BY, NOW))
        found = await stranger.post("/check", {"number": "ganpo-craftsman-2026-1"})
        assert [words in found.text for words in ("冯砚秋", "弄虚作假。", "已撤销")] == [False, True, True]
