"""Footer and privacy page: kept by the federation's officers, shown on every page at once."""

from datetime import UTC, datetime
from typing import Any

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts
from foundation.process import site
from foundation.process.site import EMPTY, LONGEST, SiteTexts
from foundation.store import generations, ledger
from tests.web import visitors

NOW = datetime(2026, 7, 1, tzinfo=UTC)
TYPED = {
    "host": "赣鄱省总工会", "host_english": "Ganpo Federation of Trade Unions", "contact": "经济技术部 0791-0000000",
    "contact_english": "", "filing": "赣ICP备00000000号-1", "police_filing": "赣公网安备 36000002000000号",
    "privacy": "第一段。\n\n第二段 <b>。", "privacy_english": "",
}  # fmt: skip


async def officer_id() -> int:
    return (await accounts.create_account("guan2", "官", ["officer"], "test", NOW))[0]


async def test_a_change_shows_on_every_page_at_once_and_in_the_ledger(database: Any) -> None:
    async with visitors() as web:
        officer, reader = await web.signed_in("guan", roles=["officer"]), web.visitor()
        before = {address: (await reader.get(address)).text for address in ("/", "/verify", "/nothing", "/en/")}
        assert not [text for text in before.values() if "赣鄱省总工会" in text]
        page = await officer.get("/site")
        assert (page.status_code, 'name="revision" value="0"' in page.text) == (200, True)
        done = await officer.post("/site", {**TYPED, "revision": "0"})
        assert (done.status_code, done.headers["location"].partition("?")[0]) == (303, "/site")
        for address in ("/", "/verify", "/nothing", "/sign-in"):
            text = (await reader.get(address)).text
            assert "主办单位：赣鄱省总工会" in text
            assert 'href="https://beian.miit.gov.cn/"' in text
            assert "recordcode" not in text
            assert "webSearch?code=36000002000000" in text
        assert "Run by: Ganpo Federation of Trade Unions" in (await reader.get("/en/")).text
        assert "赣ICP备00000000号-1" in (await officer.get("/desk")).text
        privacy = (await reader.get("/privacy")).text
        assert "<p>第一段。</p>" in privacy
        assert "第二段 &lt;b&gt;。" in privacy
        assert "never an ID number" in (await reader.get("/en/privacy")).text  # empty: the short standard text
    (entry,) = await ledger.entries("site")
    changed = [name for name, text in TYPED.items() if text]
    assert (entry.act, entry.actor) == ("site.changed", f"account:{officer.account_id}")
    assert entry.payload == {"changed": [name for name in LONGEST if name in changed], "revision": 1}


async def test_two_who_change_at_once_overwrite_nothing_unseen(database: Any) -> None:
    async with visitors() as web:
        one, two = await web.signed_in("guan", roles=["officer"]), await web.signed_in("guan3", roles=["officer"])
        assert (await one.post("/site", {**TYPED, "revision": "0"})).status_code == 303
        late = await two.post("/site", {**TYPED, "host": "别的名字", "revision": "0"})
        assert late.status_code == 422
        for kept in ('value="别的名字"', 'name="revision" value="1"', "<dd>赣鄱省总工会</dd>"):
            assert kept in late.text
        assert (await site.texts()).host == "赣鄱省总工会"
        again = await two.post("/site", {**TYPED, "host": "别的名字", "revision": "1"})
        assert (again.status_code, (await site.texts()).host) == (303, "别的名字")
        assert (await site.texts()).revision == 2


async def test_saving_what_stands_changes_nothing(database: Any) -> None:
    by = await officer_id()
    made = await site.change(SiteTexts(host=" 省总工会 "), by, NOW)
    assert made == SiteTexts(host="省总工会", revision=1)
    assert await site.change(made, by, NOW) == made
    assert await generations.read(["site"]) == {"site": 1}
    assert len(await ledger.entries("site")) == 1


async def test_too_long_and_junk_is_refused_and_kept(database: Any) -> None:
    by = await officer_id()
    with pytest.raises(Refused) as refusal:
        await site.change(SiteTexts(**{name: "长" * (most + 1) for name, most in LONGEST.items()}), by, NOW)
    problems = tuple(Problem("site_text_long", name, {"most": str(most)}) for name, most in LONGEST.items())
    assert refusal.value.problems == problems
    assert await site.texts() == EMPTY
    async with visitors() as web:
        officer = await web.signed_in("guan", roles=["officer"])
        for revision in ("", "x", "-1", "²", "9" * 40):
            page = await officer.post("/site", {**TYPED, "revision": revision})
            assert (page.status_code, 'value="赣鄱省总工会"' in page.text) == (422, True)
        long = await officer.post("/site", {"host": "长" * 101, "revision": "0"})
        assert (long.status_code, "长" * 101 in long.text) == (422, True)
        assert (await officer.post("/site", {"revision": "0"})).status_code == 303


async def test_strangers_find_nothing(database: Any) -> None:
    async with visitors() as web:
        for role in ("organiser", "clerk", "reviewer", "signer", "supervisor"):
            other = await web.signed_in(role, roles=[role])
            assert (await other.get("/site")).status_code == 404
            assert (await other.post("/site", TYPED)).status_code == 404
        assert (await web.visitor().get("/site")).status_code == 303
        assert (await web.visitor().post("/site", TYPED)).status_code in {401, 403}
    assert await site.texts() == EMPTY


def test_the_digits_of_a_filing_number() -> None:
    for text, code in (
        ("赣公网安备 36000002000000号", "36000002000000"),
        ("赣公网安备", ""),
        ("３６０００００２", ""),
        ("", ""),
    ):
        assert SiteTexts(police_filing=text).police_code == code
