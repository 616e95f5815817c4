"""Certificates are given out once each under numbers without gaps, and stop being valid for a public reason."""

import asyncio
from datetime import date, timedelta

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process import certificate_reads, certificate_series, certificates, checks
from foundation.process.certificate_tables import Certificate, CertificateCounter
from foundation.process.rules.certificates import Stage
from foundation.store import generations, ledger
from foundation.store.transactions import TransactionError, transaction
from tests.foundation.process.certificates_made_up import BY, NAMES, NOW, issued, series, words


async def numbers() -> list[str]:
    return [row["number"] for row in await Certificate.select(Certificate.number).order_by(Certificate.id)]


async def test_numbers_follow_each_other_in_their_year(database):
    await series()
    made = [await issued(name, f"honour:{at}") for at, name in enumerate(NAMES, 1)]
    later = await issued("张三", "honour:4", issued_on=date(2027, 1, 4))
    assert [one.number for one in (*made, later)] == [
        "赣匠证〔2026〕0001", "赣匠证〔2026〕0002", "赣匠证〔2026〕0003", "赣匠证〔2027〕0001",
    ]  # fmt: skip
    assert len({one.code for one in made}) == 3
    assert {len(one.code) for one in made} == {26}


async def test_a_certificate_and_its_ledger_entry_are_saved_together_without_a_name(database):
    await series()
    made = await issued()
    [entry] = await ledger.entries(f"certificate:{made.id}")
    assert (entry.act, entry.actor, entry.about) == ("certificate.issued", BY, "honour:1")
    assert entry.payload["number"] == made.number
    assert "龚" not in str(entry.payload)
    assert (await generations.read([f"certificate:{made.code}"]))[f"certificate:{made.code}"] == 1


async def test_a_transaction_that_fails_leaves_no_gap(database):
    await series()
    await issued()

    async def broken() -> None:
        async with transaction():
            await certificates.issue("craftsman", words(), "honour:2", BY, NOW)
            raise Refused(Problem("run_empty"))

    with pytest.raises(Refused):
        await broken()
    assert (await issued("饶㛃", "honour:3")).number == "赣匠证〔2026〕0002"


async def test_twins_at_the_same_moment_get_numbers_that_follow_each_other(database):
    await series()

    async def one(at: int) -> str:
        async with transaction():
            made = await certificates.issue("craftsman", words(), f"honour:{at}", BY, NOW)
            await asyncio.sleep(0.002 * (at % 3))
            if at % 4 == 3:
                raise Refused(Problem("objection_paused"))
            return made.number

    done = await asyncio.gather(*(one(at) for at in range(16)), return_exceptions=True)
    given = sorted(one for one in done if isinstance(one, str))
    assert given == [f"赣匠证〔2026〕{at:04}" for at in range(1, 13)]
    assert sorted(await numbers()) == given


async def test_outside_a_transaction_nothing_is_given_out(database):
    await series()
    with pytest.raises(TransactionError):
        await certificates.issue("craftsman", words(), "honour:1", BY, NOW)
    assert await numbers() == []


async def test_without_a_series_or_with_a_name_in_no_font_nothing_is_given_out(database):
    with pytest.raises(Refused) as refused:
        await issued()
    assert refused.value.problems == (Problem("series_unknown", "", {"code": "craftsman"}),)
    await series()
    with pytest.raises(Refused) as refused:
        await issued("王\ue000", body="")
    assert refused.value.problems == (
        Problem("certificate_empty", "body"),
        Problem("certificate_characters", "name", {"characters": "\ue000"}),
    )
    assert await CertificateCounter.count() == 0


async def test_a_wrong_certificate_is_followed_by_one_with_the_right_words(database):
    await series()
    wrong = await issued("龚严")
    async with transaction():
        right = await certificates.correct(wrong.id, words("龚䶮"), "姓名用字有误。", BY, NOW + timedelta(days=1))
    assert (right.number, await certificates.stage_of("honour:1")) == ("赣匠证〔2026〕0002", Stage.VALID)
    old = await certificate_reads.by_code(wrong.code)
    assert old == checks.Found(
        title="Certificate",
        standing=checks.Standing.CORRECTED,
        number=wrong.number,
        lines=(("In its place stands", right.number),),
        reason="姓名用字有误。",
        address=f"/check/{wrong.code}",
    )
    new = await certificate_reads.by_number(" 赣匠证[2026] 0002")
    assert new is not None
    assert ("Awarded to", "龚䶮 同志") in new.lines


async def test_a_lost_paper_is_followed_by_one_with_the_same_words(database):
    await series()
    lost = await issued()
    async with transaction():
        made = await certificates.replace(lost.id, "证书遗失。", BY, NOW)
    rows = await certificate_reads.of("honour:1")
    assert [(row.id, row.stage, row.replaced_by) for row in rows] == [
        (made.id, Stage.VALID, None),
        (lost.id, Stage.REPLACED, made.id),
    ]
    assert (rows[0].words, rows[0].name) == (rows[1].words, rows[1].name)
    assert rows[0].code != rows[1].code


async def test_of_a_revoked_certificate_everyone_reads_why_and_no_name(database):
    await series()
    made = await issued()
    async with transaction():
        await certificates.revoke(made.id, "荣誉已撤销。", BY, NOW)
    found = await certificate_reads.by_code(made.code)
    assert found == checks.Found(
        "Certificate", checks.Standing.REVOKED, made.number, (), "荣誉已撤销。", f"/check/{made.code}"
    )
    assert await certificates.stage_of("honour:1") is Stage.REVOKED
    assert [entry.act for entry in await ledger.entries(f"certificate:{made.id}")] == [
        "certificate.revoked", "certificate.issued",
    ]  # fmt: skip
    assert "荣誉" not in str([entry.payload for entry in await ledger.entries(f"certificate:{made.id}")])


async def test_everything_of_one_honour_is_revoked_at_once(database):
    await series()
    first = await issued()
    async with transaction():
        await certificates.replace(first.id, "证书遗失。", BY, NOW)
    other = await issued("饶㛃", "honour:2")
    async with transaction():
        assert await certificates.revoke_about("honour:1", "荣誉已撤销。", BY, NOW) == 1
    async with transaction():
        assert await certificates.revoke_about("honour:1", "荣誉已撤销。", BY, NOW) == 0
    assert await certificates.stage_of("honour:1") is Stage.REVOKED
    assert (await certificate_reads.by_code(other.code)).standing is checks.Standing.VALID
    assert await certificates.stage_of("honour:9") is None


@pytest.mark.parametrize("second", ["correct", "replace", "revoke"])
async def test_of_two_who_end_a_certificate_at_once_one_is_told(database, second):
    await series()
    made = await issued()

    async def revoke() -> None:
        async with transaction():
            await certificates.revoke(made.id, "荣誉已撤销。", BY, NOW)
            await asyncio.sleep(0.02)

    async def other() -> None:
        async with transaction():
            if second == "correct":
                await certificates.correct(made.id, words("饶㛃"), "有误。", BY, NOW)
            elif second == "replace":
                await certificates.replace(made.id, "遗失。", BY, NOW)
            else:
                await certificates.revoke(made.id, "重复。", BY, NOW)

    done = await asyncio.gather(revoke(), other(), return_exceptions=True)
    assert sum(isinstance(one, Refused) for one in done) == 1
    assert done.count(None) == 1
    row = await Certificate.select(Certificate.stage).where(Certificate.id == made.id).first()
    assert row["stage"] != "valid"


async def test_a_reason_is_needed_and_what_is_not_there_cannot_end(database):
    await series()
    made = await issued()
    for call in (certificates.revoke(made.id, " ", BY, NOW), certificates.replace(made.id, "", BY, NOW)):
        with pytest.raises(Refused) as refused:
            async with transaction():
                await call
        assert refused.value.problems == (Problem("certificate_reason_empty", "reason"),)
    with pytest.raises(NotFound):
        async with transaction():
            await certificates.revoke(99, "无。", BY, NOW)
    assert await certificates.stage_of("honour:1") is Stage.VALID


async def test_the_form_of_numbers_that_were_given_out_stays(database):
    first = await series()
    await certificate_series.change(first, "工匠证书", "赣工匠〔{年}〕{号}", 3, BY)
    assert (await issued()).number == "赣工匠〔2026〕001"
    with pytest.raises(Refused) as refused:
        await certificate_series.change(first, "工匠证书", "赣匠证〔{年}〕{号}", 3, BY)
    assert refused.value.problems == (Problem("series_in_use", "pattern"),)
    await certificate_series.change(first, "证书", "赣工匠〔{年}〕{号}", 3, BY)
    assert (await certificate_series.by_code("craftsman")).name == "证书"


async def test_two_series_have_neither_one_code_nor_one_pattern(database):
    await series()
    with pytest.raises(Refused) as refused:
        await series(pattern="其他〔{年}〕{号}")
    assert refused.value.problems[0].code == "series_taken"
    with pytest.raises(Refused) as refused:
        await series("other")
    assert refused.value.problems[0].code == "series_pattern_taken"


async def test_two_patterns_that_meet_give_no_number_twice(database):
    await series("long", "赣1{号}")
    await series("short", "赣{号}")
    assert (await issued(code="long")).number == "赣10001"
    await CertificateCounter.insert(CertificateCounter(series=2, year=0, last=10000))
    with pytest.raises(Refused) as refused:
        await issued(code="short")
    assert refused.value.problems == (Problem("certificate_number_taken", "", {"number": "赣10001"}),)


async def test_what_is_printed_has_the_address_of_its_check_page(database, monkeypatch):
    await series()
    made = await issued()
    assert (await certificate_reads.papers_of([made.id]))[made.id].address == ""
    monkeypatch.setenv("GANPO_PUBLIC_URL", "https://gong.example/")
    paper = (await certificate_reads.papers_of([made.id]))[made.id]
    assert (paper.address, paper.date) == (f"https://gong.example/check/{made.code}", "2026年5月1日")
    assert paper.name == "龚　䶮 同志"
    async with transaction():
        await certificates.revoke(made.id, "荣誉已撤销。", BY, NOW)
    assert await certificate_reads.papers_of([made.id]) == {}


async def test_another_source_is_asked_after_certificates(database, monkeypatch):
    monkeypatch.setattr(checks, "_sources", dict(checks._sources))

    async def find(typed: str) -> checks.Found | None:
        return checks.Found("Result", checks.Standing.VALID, typed) if typed == "成绩1" else None

    source = checks.register(checks.Source("result", "results", find))
    with pytest.raises(ValueError, match="result"):
        checks.register(checks.Source("result", "results", find))
    assert await checks.find(" 成绩1 ") == checks.Found("Result", checks.Standing.VALID, "成绩1")
    assert await checks.find("成绩2") is None
    assert await checks.find("  ") is None
    assert checks.sources()[-1] is source
