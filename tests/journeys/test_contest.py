"""A contest from its rules to published results that anyone recomputes, by four people in a real browser.

The organiser (Chinese, at a desk), a judge (Chinese, on a tablet as narrow as a phone), the chief judge (English) and
a contestant with a phone; at the end a passer-by whose browser has no scripts. Everybody has a browser of their own.
"""

import hashlib
import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser import Person
from tests.journeys.serving import GANPO, Server

NewPerson = Callable[..., Person]
PASSWORD = "ganpo-demo-2026"
SCHEME = {
    "format": "ganpo-scheme/1",
    "title": "电工（职工组）决赛",
    "digits": 2,
    "modules": [
        {
            "code": "T",
            "name": "理论",
            "weight": "0.3",
            "aspects": [{"code": "T1", "name": "笔试", "kind": "measurement", "max": "100", "step": "0.5"}],
        },
        {
            "code": "P",
            "name": "实操",
            "weight": "0.7",
            "aspects": [
                {"code": "P1", "name": "布线与线号工艺", "kind": "judgement", "judges": 2, "max": "30"},
                {
                    "code": "P2", "name": "现场评分", "kind": "panel", "judges": 2, "max": "10", "step": "0.5",
                    "combine": "mean", "drop_highest": 1, "min_marks": 2, "factor": "3",
                },
                {"code": "P3", "name": "安全文明生产", "kind": "deduction", "max": "10"},
                {"code": "P4", "name": "探伤评级", "kind": "grade", "table": {"Ⅰ": "30", "Ⅱ": "20", "Ⅲ": "0"}},
            ],
        },
    ],
    "tie_break": [{"by": "module", "code": "P"}, {"by": "time"}],
}  # fmt: skip
ROSTER = "姓名\t单位\t作品号\n龚䶮\t云窑艺术瓷厂\tW1\n饶㛃\t岫川变压器有限公司\tW2\n程𠮷\t信岭汽车零部件有限公司\tW3\n"


def sign_in(person: Person, account: str, language: str = "") -> None:
    person.go(f"{language}/sign-in")
    person.page.fill("#f-sign_in", account)
    person.page.fill("#f-password", PASSWORD)
    person.page.locator("main form button").first.click()
    person.page.wait_for_url("**/desk")


def look(person: Person) -> None:
    """Every page of the journey is to be accessible and to fit its screen."""
    person.check_fits()
    person.check_accessible()


def press(person: Person, words: str) -> None:
    person.page.get_by_role("button", name=words).click()


def problems(person: Person) -> list[str]:
    """What the form at hand was refused for, as the person reads it."""
    person.page.wait_for_selector(".error-summary")
    return person.page.locator(".error-summary li").all_inner_texts()


@pytest.fixture
def organiser(new_person: NewPerson) -> Person:
    person = new_person("organiser")
    sign_in(person, "zuzhi")
    return person


def set_up(organiser: Person, tmp_path: Path) -> tuple[str, dict[str, str]]:
    """From a new competition to open marking; answers the contest's address and the personal codes by work number."""
    page = organiser.page
    page.goto("/organise/competitions/new")
    look(organiser)
    page.fill("#f-title", "2026年“旅程杯”职工职业技能竞赛")
    page.fill("#f-year", "2O26")  # a letter for the nought
    with organiser.expecting(422):
        press(organiser, "建立竞赛")
        assert len(problems(organiser)) == 1
    assert page.input_value("#f-title") == "2026年“旅程杯”职工职业技能竞赛"
    page.fill("#f-year", "2026")
    page.fill("#f-place", "景德镇")
    page.fill("#f-starts_on", "2026-11-10")
    page.fill("#f-ends_on", "2026-11-12")
    press(organiser, "建立竞赛")
    page.wait_for_url(re.compile(r"/organise/competitions/2026-\d+"))
    competition = page.url.split("?")[0].rsplit("/", 1)[1]

    page.goto(f"/organise/competitions/{competition}/contests/new")
    look(organiser)
    broken = json.loads(json.dumps(SCHEME))
    broken["modules"][1]["aspects"][1]["drop_highest"] = 2
    broken["tie_break"][0]["code"] = "X"
    for scheme, status in ((broken, 422), (SCHEME, 200)):
        file = tmp_path / "scheme.json"
        file.write_text(json.dumps(scheme, ensure_ascii=False), encoding="utf-8")
        page.check("input[name=start][value=file]")
        page.set_input_files("#f-scheme_file", file)
        page.fill("#f-occupation", "电工")
        page.fill("#f-occupation_code", "6-31-01-03")
        if status == 422:
            with organiser.expecting(422):
                press(organiser, "建立赛项")
                assert len(problems(organiser)) == 2
        else:
            press(organiser, "建立赛项")
    page.wait_for_url(re.compile(rf"/organise/contests/{competition}-\d+"))
    address = re.search(rf"{competition}-\d+", page.url).group(0)
    home = f"/organise/contests/{address}"

    page.goto(f"{home}/scheme")
    look(organiser)
    page.fill("#f-m0-weight", "0.3.1")
    page.fill("#f-m1-name", "实际操作")
    with organiser.expecting(422):
        press(organiser, "保存草稿")
        assert len(problems(organiser)) == 1
    assert page.locator("#errors a[href='#f-m0-weight']").count() == 1
    assert page.input_value("#f-m1-name") == "实际操作"
    page.fill("#f-m0-weight", "0.3")
    press(organiser, "保存草稿")
    page.wait_for_url(re.compile("done="))

    page.goto(f"{home}/roster")
    page.fill("#f-roster", ROSTER)
    press(organiser, "核对名单")
    look(organiser)
    press(organiser, "加入这")
    page.wait_for_url(re.compile("done="))

    for account, chief in (("caipanzhang", True), ("caipan", False)):
        page.goto(f"{home}/panel/new")
        look(organiser)
        page.fill("#f-sign_in", account)
        if chief:
            page.check("#f-chief")
        page.check("input[name=aspects][value=T1]")
        page.check("input[name=modules][value=P]")
        press(organiser, "安排裁判")
        page.wait_for_url(re.compile("done="))

    page.goto(f"{home}/freezing")
    look(organiser)
    press(organiser, "锁定评分方案")
    page.wait_for_url(re.compile("done="))
    page.goto(f"{home}/opening")
    press(organiser, "开始评分")
    page.wait_for_url(re.compile("done="))

    page.goto(f"{home}/codes")
    press(organiser, "生成")
    slips = page.locator(".slip")
    codes = {
        slips.nth(at).locator("strong").nth(1).inner_text(): slips.nth(at).locator("code").inner_text()
        for at in range(slips.count())
    }
    assert sorted(codes) == ["W1", "W2", "W3"]
    return address, codes


def mark(judge: Person, sheet: str, theory: str, level: int, panel: str, off: str, grade: str) -> None:
    """One whole sheet, filled in and saved."""
    page = judge.page
    page.goto(sheet)
    page.fill("#f-mark-T1", theory)
    tile(judge, "mark-P1", str(level))
    page.fill("#f-mark-P2", panel)
    page.fill("#f-mark-P3", off)
    tile(judge, "mark-P4", grade)
    page.locator(".savebar button[type=submit]").click()


def tile(judge: Person, name: str, value: str) -> None:
    judge.page.locator(f"label:has(input[name='{name}'][value='{value}'])").click()


def test_a_contest_from_its_rules_to_results_that_anyone_can_recompute(
    server: Server, new_person: NewPerson, organiser: Person, tmp_path: Path
) -> None:
    address, codes = set_up(organiser, tmp_path)

    # The frozen scheme is public before the first mark, and its hash is that of the file anybody downloads.
    passer_by = new_person("passer-by", screen="phone", javascript=False)
    passer_by.go(f"/en/contests/{address}/scheme")
    frozen = passer_by.page.request.get(f"/contests/{address}/scheme.json").body()
    shown = re.sub(r"\s", "", passer_by.page.locator("main").inner_text())
    assert hashlib.sha256(frozen).hexdigest() in shown

    # The judge, in Chinese, on a narrow tablet: a mark off its step is refused and nothing typed is lost.
    judge = new_person("judge", screen="phone")
    sign_in(judge, "caipan")
    judge.go(f"/judge/contests/{address}")
    look(judge)
    sheet = f"/judge/contests/{address}/works/W1"
    with judge.expecting(422):
        mark(judge, sheet, "８８．５", 3, "8.3", "1", "I")
        assert problems(judge) == ["P2 的分数应为 0 至 10，间隔 0.5，不能是 8.3"]
    assert judge.page.input_value("#f-mark-T1") == "８８．５"
    look(judge)
    judge.page.fill("#f-mark-P2", "8.5")
    judge.page.locator(".savebar button[type=submit]").click()
    judge.page.wait_for_selector(".next-work")
    look(judge)
    mark(judge, f"/judge/contests/{address}/works/W2", "90", 2, "9", "0", "I")
    mark(judge, f"/judge/contests/{address}/works/W3", "70", 1, "6", "4", "II")
    judge.page.wait_for_selector(".next-work")

    # The chief judge, in English, marks as well, meets a conflict, and cannot lock it.
    chief = new_person("chief judge")
    sign_in(chief, "caipanzhang", "/en")
    mark(chief, f"/en/judge/contests/{address}/works/W1", "88.5", 1, "9", "1", "I")
    mark(chief, f"/en/judge/contests/{address}/works/W2", "90", 3, "9.5", "0", "I")
    mark(chief, f"/en/judge/contests/{address}/works/W3", "70", 1, "5.5", "4", "II")
    chief.page.wait_for_selector(".next-work")
    chief.go(f"/en/chief/contests/{address}")
    look(chief)
    assert "龚䶮" not in chief.page.content()
    chief.go(f"/en/chief/contests/{address}/works/W1")
    look(chief)
    assert chief.page.get_by_role("button", name="Lock this entry").count() == 0

    # The judge looks again and moves one level; then everything can be locked.
    judge.go(sheet)
    tile(judge, "mark-P1", "2")
    judge.page.locator(".savebar button[type=submit]").click()
    judge.page.wait_for_selector(".next-work")
    chief.go(f"/en/chief/contests/{address}")
    chief.page.locator("main input[type=checkbox]").last.check()
    press(chief, "Lock these entries")
    chief.page.wait_for_url(re.compile("done="))
    judge.go(sheet)
    assert judge.page.locator(".savebar button[type=submit]").count() == 0

    # The organiser opens everything to the public, previews, and publishes.
    page = organiser.page
    page.goto(f"/organise/contests/{address}/settings")
    look(organiser)
    page.check("input[name=names_shown][value=all]")
    page.check("input[name=totals_shown][value=all]")
    page.check("#f-why_public")
    page.check("#f-bundle_public")
    press(organiser, "保存")
    page.wait_for_url(re.compile("done="))
    with passer_by.expecting(404):
        assert passer_by.page.goto(f"/contests/{address}/bundle.zip").status == 404
    page.goto(f"/organise/contests/{address}/results")
    look(organiser)
    page.goto(f"/organise/contests/{address}/results/publish")
    look(organiser)
    press(organiser, "公布成绩")
    page.wait_for_url(re.compile("done="))

    # Anybody: places, and why.
    # W1: 88.5 x 0.3 + (15 + 25.5 + 9 + 30) x 0.7 = 82.2; W2: 90 x 0.3 + (25 + 27 + 10 + 30) x 0.7 = 91.4
    passer_by.go(f"/contests/{address}")
    passer_by.check_fits()
    lines = passer_by.page.locator(".standings tbody tr")
    assert [re.sub(r"\s+", " ", lines.nth(at).locator(".standing-name").inner_text()) for at in range(3)] == [
        "饶㛃", "龚䶮", "程𠮷",
    ]  # fmt: skip
    standings = lines.nth(0).inner_text() + lines.nth(1).inner_text()
    assert "91.40" in standings
    assert "82.20" in standings
    passer_by.go(f"/en/contests/{address}/works/W1")
    passer_by.check_fits()
    assert passer_by.page.locator("s, del").count() == 1  # the higher of the two panel marks
    assert "dropped" in passer_by.page.locator("main").inner_text()

    # The contestant, with the personal code from the slip, typed in small letters.
    contestant = new_person("contestant", screen="phone")
    contestant.go("/score")
    look(contestant)
    contestant.page.fill("#f-code", codes["W1"].lower())
    contestant.page.locator("main form button").click()
    contestant.page.wait_for_selector("text=82.20")
    look(contestant)

    # And the bundle, recomputed far from any database.
    bundle = tmp_path / "bundle.zip"
    bundle.write_bytes(passer_by.page.request.get(f"/contests/{address}/bundle.zip").body())
    nowhere = {**os.environ, "GANPO_HOME": str(tmp_path / "nothing"), "DATABASE_URL": ""}
    verified = subprocess.run([GANPO, "verify", bundle], capture_output=True, text=True, env=nowhere, check=False)
    assert (verified.returncode, verified.stdout.strip().splitlines()[-1]) == (0, "OK")
    mine = {**os.environ, "GANPO_HOME": str(server.home), "DATABASE_URL": server.database_url}
    ledger = subprocess.run([GANPO, "ledger", "verify"], capture_output=True, text=True, env=mine, check=False)
    assert ledger.returncode == 0, ledger.stdout + ledger.stderr
