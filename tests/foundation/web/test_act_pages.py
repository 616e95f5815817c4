"""The pages of acts of two people: who may see them, signing in again to confirm, reasons, papers."""

from collections.abc import Iterator

import pytest

from foundation.work import two_person
from foundation.work.two_person import Stage
from tests.foundation.work.acts_made_up import PASSWORD, kind, make_cast
from tests.web import Visitor, Web, visitors

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    two_person.register(kind())
    yield
    del two_person.KINDS["test.unlock"]


async def stage_of(act_id: int) -> Stage:
    act = await two_person.by_id(act_id)
    assert act is not None
    return act.stage


async def sit(web: Web, *names: str) -> list[Visitor]:
    return [await web.signed_in(name) for name in names]


async def test_confirming_takes_the_password_again(database):
    cast = await make_cast()
    async with visitors() as web:
        feng, fu = await sit(web, "feng", "fu")
        act_id = await cast.ask(cast.feng, cast.city)
        address = f"/acts/{act_id}"
        page = (await fu.get(address)).text
        assert "A wrong mark." in page
        assert "冯砚秋" in page
        for wrong in ("", "not the password"):
            answer = await fu.post(f"{address}/confirmation", {"password": wrong})
            assert answer.status_code == 422
            assert "not the password" not in answer.text
            assert await stage_of(act_id) == Stage.ASKED
        answer = await fu.post(f"{address}/confirmation", {"password": PASSWORD})
        assert (answer.status_code, answer.headers["location"].partition("?")[0]) == (303, address)
        assert await stage_of(act_id) == Stage.CONFIRMED
        again = await fu.post(f"{address}/confirmation", {"password": PASSWORD})
        assert again.status_code == 409
        assert (await feng.get("/acts?show=asked")).status_code == 200
        assert "傅远山" in (await feng.get(address)).text


async def test_strangers_and_askers_cannot_decide(database):
    cast = await make_cast()
    async with visitors() as web:
        feng, gu, ke = await sit(web, "feng", "gu", "ke")
        act_id = await cast.ask(cast.feng, cast.city)
        for stranger in (gu, ke):
            assert (await stranger.get(f"/acts/{act_id}")).status_code == 404
            for path in ("confirmation", "rejection", "withdrawal", "paper"):
                answer = await stranger.post(f"/acts/{act_id}/{path}", {"password": PASSWORD, "decision_reason": "x"})
                assert answer.status_code == 404
        own = {"password": PASSWORD, "decision_reason": "x"}
        assert [
            (await feng.post(f"/acts/{act_id}/{path}", own)).status_code for path in ("confirmation", "rejection")
        ] == [
            409,
            409,
        ]
        assert await stage_of(act_id) == Stage.ASKED
        assert (await web.visitor().get(f"/acts/{act_id}")).status_code == 303


@pytest.mark.parametrize("act_id", ["0", "99", "99999999999999999999", "x"])
async def test_an_act_that_is_none_is_not_found(database, act_id):
    await make_cast()
    async with visitors() as web:
        [fu] = await sit(web, "fu")
        assert (await fu.get(f"/acts/{act_id}")).status_code == 404
        assert (await fu.post(f"/acts/{act_id}/confirmation", {})).status_code == 404


async def test_a_rejection_without_a_reason_comes_back_and_one_with_it_is_read(database):
    cast = await make_cast()
    async with visitors() as web:
        feng, fu = await sit(web, "feng", "fu")
        act_id = await cast.ask(cast.feng, cast.city)
        assert (await fu.post(f"/acts/{act_id}/rejection", {"decision_reason": " "})).status_code == 422
        long = await fu.post(f"/acts/{act_id}/rejection", {"decision_reason": "缘由" * 1500})
        assert long.status_code == 422
        assert "缘由" * 1500 in long.text
        assert (await fu.post(f"/acts/{act_id}/rejection", {"decision_reason": "先看录像。"})).status_code == 303
        assert "先看录像。" in (await feng.get(f"/acts/{act_id}")).text


async def test_what_doing_it_refuses_is_shown_and_it_stays_open(database):
    cast = await make_cast()
    async with visitors() as web:
        [fu] = await sit(web, "fu")
        act_id = await cast.ask(cast.feng, cast.city, refuse=True)
        answer = await fu.post(f"/en/acts/{act_id}/confirmation", {"password": PASSWORD})
        assert answer.status_code == 422
        assert "Name at least one field" in answer.text
        assert await stage_of(act_id) == Stage.ASKED


async def test_who_asked_takes_it_back(database):
    cast = await make_cast()
    async with visitors() as web:
        feng, fu = await sit(web, "feng", "fu")
        act_id = await cast.ask(cast.feng, cast.city)
        assert (await fu.post(f"/acts/{act_id}/withdrawal")).status_code == 404
        assert (await feng.post(f"/acts/{act_id}/withdrawal")).status_code == 303
        assert (await feng.post(f"/acts/{act_id}/withdrawal")).status_code == 409
        assert await stage_of(act_id) == Stage.WITHDRAWN


async def test_a_unit_with_one_person_confirms_with_a_signed_paper(database, tmp_path, monkeypatch):
    monkeypatch.setenv("GANPO_HOME", str(tmp_path))
    cast = await make_cast()
    async with visitors() as web:
        lin, feng, fu = await sit(web, "lin", "feng", "fu")
        act_id = await cast.ask(cast.lin, cast.county)
        address, paper = f"/acts/{act_id}/paper", {"paper": ("签字件.pdf", PDF, "application/pdf")}
        password = {"password": PASSWORD}
        assert (await lin.post(address, password)).status_code == 422
        assert (await lin.post(address, password, {"paper": ("x.exe", b"MZ\x00\x01", "text/plain")})).status_code == 422
        wrong = await lin.post(address, {"password": "wrong"}, paper)
        assert (wrong.status_code, 'name="paper.kept" value="1"' in wrong.text) == (422, True)
        assert (await fu.post(address, password, paper)).status_code == 409
        assert await stage_of(act_id) == Stage.ASKED
        assert (await lin.post(address, {**password, "paper.kept": "2"})).status_code == 422
        assert (await lin.post(address, {**password, "paper.kept": "1"})).status_code == 303
        assert await stage_of(act_id) == Stage.CONFIRMED
        download = await feng.get(address)
        assert (download.content, download.headers["x-content-type-options"]) == (PDF, "nosniff")
        assert download.headers["content-disposition"].startswith("attachment")
        of_city = await cast.ask(cast.feng, cast.city)
        assert (await feng.post(f"/acts/{of_city}/paper", password, paper)).status_code == 409
        assert (await feng.get(f"/acts/{of_city}/paper")).status_code == 404


async def test_lists_open_for_everyone_and_junk_is_not_found(database):
    await make_cast()
    async with visitors() as web:
        for visitor in await sit(web, "fu", "gu"):
            for show in ("", "?show=asked", "?show=below"):
                assert (await visitor.get(f"/acts{show}")).status_code == 200
            for junk in ("?show=x", "?before=x", "?before=0", "?before=1&before=2"):
                assert (await visitor.get(f"/acts{junk}")).status_code == 404
