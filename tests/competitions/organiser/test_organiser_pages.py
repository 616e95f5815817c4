"""The organiser's pages, used as a browser without scripts uses them."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from competitions.contests import contest_by_address
from competitions.panel import seats_of
from competitions.roster import people
from competitions.rules.facts import EntryFacts
from competitions.rules.scheme_rows import fields_from_rows, rows_from_scheme
from competitions.rules.stages import Stage
from competitions.versions import draft_scheme, frozen_scheme, scheme_versions
from foundation.tabulation.scheme import canonical_json, scheme_hash
from tests.competitions.cast import NOTES, Story, actor, draft_contest, frozen_contest, open_contest, scheme
from tests.foundation.papers.sheets_made_up import ods, xls, xlsx
from tests.web import Visitor, visitors


def sentences(page: Any) -> list[str]:
    """The error summary's lines, as a person reads them."""
    found = re.search(r'<div class="error-summary".*?<ul>(.*?)</ul>', page.text, re.DOTALL)
    lines = re.findall(r"<li>(.*?)</li>", found[1], re.DOTALL) if found else []
    return [html.unescape(re.sub(r"<[^>]+>", "", line)).strip() for line in lines]


def inputs(page: Any) -> dict[str, str]:
    """What the page's fields hold: text boxes, hidden ones, chosen options, text areas."""
    text = page.text
    held = dict(re.findall(r'<textarea id="[^"]*" name="([^"]*)"[^>]*>\n?(.*?)</textarea>', text, re.DOTALL))
    for tag in re.findall(r"<input [^>]*>", text):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            held[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select id="[^"]*" name="([^"]*)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        held[name] = chosen[1] if chosen else ""
    return {name: html.unescape(value) for name, value in held.items() if name != "csrf_token"}


async def test_a_competition_and_a_contest_are_made_from_a_preset(database: Any) -> None:
    async with visitors() as web:
        mei = await web.signed_in("mei", "梅", ["organiser"])
        wrong = await mei.post("/en/organise/competitions", {"title": "", "year": "26", "place": "景德镇"})
        assert (wrong.status_code, sentences(wrong)) == (
            422,
            [
                "Enter the competition's title.",
                "Enter the year in four digits, such as 2026, not “26”.",
                "Choose the class of the competition.",
            ],
        )
        assert inputs(wrong)["place"] == "景德镇"
        made = await mei.post("/organise/competitions", {"title": "赣匠杯", "year": "2026", "level": "class_two"})
        assert (made.status_code, made.headers["location"].partition("?")[0]) == (303, "/organise/competitions/2026-1")
        typed = {"start": "preset", "preset": "electrician", "title": "电工（职工组）"}
        made = await mei.post("/organise/competitions/2026-1/contests", typed)
        assert made.headers["location"].partition("?")[0] == "/organise/contests/2026-1-01"
        page = await mei.get(made.headers["location"])
    assert "赛项已建立。" in page.text
    contest = await contest_by_address("2026-1-01")
    assert contest is not None
    made_scheme, notes = await draft_scheme(contest.id)
    assert (contest.occupation, contest.occupation_code) == ("电工", "6-31-01-03")
    assert made_scheme is not None
    assert made_scheme.title == "电工（职工组）"
    assert notes.voids


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"start": ""}, "Choose what the scheme starts from."),
        ({"start": "preset", "preset": "../x"}, "Choose the marking sheet to start from."),
        ({"start": "earlier", "earlier": "2026-9-09"}, "Choose the earlier contest to start from."),
        ({"start": "file"}, "Choose the scheme file to start from."),
    ],
)
async def test_a_contest_says_what_it_starts_from(database: Any, typed: dict[str, str], said: str) -> None:
    await draft_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.post("/en/organise/competitions/2026-1/contests", {"occupation": "焊工", **typed})
    assert (page.status_code, sentences(page)) == (422, [said])


async def test_last_years_scheme_is_copied_with_its_notes(database: Any) -> None:
    await frozen_contest()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        typed = {"start": "earlier", "earlier": "2026-1-01", "title": "焊工2", "occupation": "焊工"}
        await mei.post("/organise/competitions/2026-1/contests", typed)
        sheng = await web.signed_in("sheng")
        strange = await sheng.post("/organise/competitions", {"title": "x", "year": "2026", "level": "city"})
        theirs = strange.headers["location"].partition("?")[0]
        refused = await sheng.post(f"{theirs}/contests", typed)
    contest = await contest_by_address("2026-1-02")
    assert contest is not None
    assert await draft_scheme(contest.id) == (scheme(title="焊工2"), NOTES)
    assert refused.status_code == 422, "nobody starts from a contest that they may not see"


async def test_a_scheme_file_is_taken_or_every_problem_is_listed(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}"
    bad = canonical_json(scheme()).replace('"digits": 2', '"digits": 9').replace('"code": "P1"', '"code": "T1"')
    good = canonical_json(scheme(digits=1))
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.post(f"/en{here}/scheme/file", files={"scheme_file": ("s.json", bad.encode())})
        assert (page.status_code, sentences(page)) == (
            422,
            [
                "scheme.json: digits: A whole number from 0 to 3 is needed, not 9",
                "scheme.json: modules[1].aspects[0].code: "
                "T1 is there already; full-width and ordinary letters count as the same",
            ],
        )
        assert (await draft_scheme(story.contest.id))[0] == scheme()
        taken = await mei.post(
            f"{here}/scheme/file", files={"scheme_file": ("s.json", b"\xef\xbb\xbf" + good.encode())}
        )
        file = await mei.get(f"{here}/scheme.json")
    assert taken.status_code == 303
    assert await draft_scheme(story.contest.id) == (scheme(digits=1), NOTES)
    assert file.text == good


def typed_scheme() -> dict[str, str]:
    return {name: value for name, value in fields_from_rows(rows_from_scheme(scheme(), NOTES)).items() if value}


async def test_the_editor_shows_and_saves_what_it_shows(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}/scheme"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        held = inputs(await mei.get(here))
        assert {name: value for name, value in held.items() if value and name not in ("act", "seen")} == typed_scheme()
        saved = await mei.post(here, {**held, "m1-a0-max": "24", "act": "save"})
    assert saved.status_code == 303
    made, notes = await draft_scheme(story.contest.id)
    assert made is not None
    assert (made.aspect("P1").max, notes) == (24_000, NOTES)


async def test_a_rows_button_keeps_everything_typed_and_saves_nothing(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}/scheme"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        typed = {**typed_scheme(), "m1-a2-max": "half finished", "act": "down-m1-a0"}
        page = await mei.post(here, typed)
        held = inputs(page)
        assert page.status_code == 200
        assert (held["m1-a0-code"], held["m1-a1-code"], held["m1-a2-max"]) == ("P2", "P1", "half finished")
        assert held["m1-a1-keys"] == "每 5 mm = 2"
        more = inputs(await mei.post(here, {**held, "act": "add-m0"}))
        assert (more["m0-a1-code"], more["m1-a2-max"]) == ("T2", "half finished")
        changed = inputs(await mei.post(here, {**typed_scheme(), "m1-a2-kind": "deduction", "act": "show"}))
        assert (changed["m1-a2-combine"], changed["m1-a2-judges"]) == ("mean", "3"), "what a panel had is kept"
    assert await draft_scheme(story.contest.id) == (scheme(), NOTES)


async def test_an_inconsistent_scheme_is_refused_row_by_row(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}/scheme"
    wrong = {
        **typed_scheme(),
        "m0-weight": "a third",
        "m1-a0-keys": "每 5 mm = 3",
        "m1-a2-judges": "2",
        "m1-a2-drop_highest": "2",
        "tie-0": "module:Q",
        "act": "save",
    }
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.post(f"/en{here}", wrong)
    assert page.status_code == 422
    assert sentences(page) == [
        "T 理论 · Weight: A plain decimal is needed, "
        "with at most 12 digits before the point and 6 after it, not a third",
        "P1 咬边 · Reasons: “每 5 mm” takes off 3, which is not a multiple of the step 2.",
        "P3 成形 · Fewest marks: min_marks is 3, but there are only 2 judges",
        "Equal totals · Step 1: The scheme has no module Q",
    ]
    assert inputs(page)["m0-weight"] == "a third"
    assert await draft_scheme(story.contest.id) == (scheme(), NOTES)


async def test_the_scheme_is_frozen_as_it_was_shown(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        page = await mei.get(f"{here}/freezing")
        shown = inputs(page)
        assert shown["scheme_hash"] == scheme_hash(scheme())
        for word in ("咬边", "按累计长度扣分", "每 5 mm", "焊缝有裂纹"):
            assert word in page.text
        stale = await mei.post(f"{here}/freezing", {**shown, "scheme_hash": "0" * 64})
        assert stale.status_code == 409
        assert (await mei.post(f"{here}/freezing", shown)).status_code == 303
        twice = await mei.post(f"{here}/freezing", shown)
        assert twice.status_code == 409
        moved = await mei.get(f"{here}/scheme")
        assert moved.headers["location"] == f"{here}/versions"
    frozen = await frozen_scheme(story.contest.id)
    assert frozen is not None
    assert frozen.scheme == scheme()


async def test_an_amendment_keeps_what_was_typed_until_it_has_a_reason(database: Any) -> None:
    story = await open_contest()
    here = f"/organise/contests/{story.contest.address}/amendment"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        held = inputs(await mei.get(here))
        refused = await mei.post(f"/en{here}", {**held, "digits": "1", "act": "save"})
        assert (refused.status_code, sentences(refused)) == (
            409,
            ["Reason of the amendment: Give the reason. It is published together with the amendment."],
        )
        assert (inputs(refused)["digits"], inputs(refused)["base"]) == ("1", "1")
        made = await mei.post(here, {**held, "digits": "1", "reason": "总分保留一位小数", "act": "save"})
        assert made.status_code == 303
        page = await mei.get(made.headers["location"])
    assert "总分保留一位小数" in page.text
    assert [one.version for one in await scheme_versions(story.contest.id)] == [1, 2]


ROSTER = "姓名\t单位\t城市\n龚䶮\t青岫航空\t南昌\n饶㛃\t岫川变压器\t抚州\n程𠮷\t光屿光伏\t上饶\n"


async def test_a_list_is_shown_as_understood_before_it_is_added(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}/roster"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        shown = await mei.post(here, {"roster": ROSTER})
        assert (shown.status_code, await people(story.contest.id)) == (200, [])
        held = inputs(shown)
        changed = await mei.post(here, {**held, "roster": ROSTER + "肖亦禾\t芯禾电路", "act": "add"})
        assert changed.status_code == 409, "a list that was not shown is not added"
        assert (await mei.post(here, {**held, "act": "add"})).status_code == 303
        again = await mei.post(f"/en{here}", {**held, "act": "add"})
    assert sorted(one.name for one in await people(story.contest.id)) == sorted(["龚䶮", "饶㛃", "程𠮷"])
    assert again.status_code == 200
    assert "Everybody in this list is on the roster already; there is nothing to add." in again.text


async def test_an_uploaded_list_of_an_old_office_pc_is_read(database: Any) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}/roster"
    file = {"file": ("名单.csv", ROSTER.replace("\t", ",").encode("gb18030"))}
    async with visitors() as web:
        mei = await web.signed_in("mei")
        shown = await mei.post(here, files=file)
        added = await mei.post(here, {**inputs(shown), "act": "add"})
        workbook = await mei.post(f"/en{here}", files={"file": ("名单.xlsx", b"PK\x03\x04")})
    assert added.status_code == 303
    assert {one.name for one in await people(story.contest.id)} == {"龚䶮", "饶㛃", "程𠮷"}
    assert (workbook.status_code, len(sentences(workbook))) == (422, 1)


@pytest.mark.parametrize("kept", [xlsx, xls, ods])
async def test_an_uploaded_workbook_is_read_like_a_pasted_list(database: Any, kept: Callable[..., bytes]) -> None:
    story = await draft_contest()
    here = f"/organise/contests/{story.contest.address}/roster"
    file = {"file": ("名单.xlsx", kept([line.split("\t") for line in ROSTER.splitlines()]))}
    async with visitors() as web:
        mei = await web.signed_in("mei")
        shown = await mei.post(here, files=file)
        added = await mei.post(here, {**inputs(shown), "act": "add"})
    assert added.status_code == 303
    assert {one.name for one in await people(story.contest.id)} == {"龚䶮", "饶㛃", "程𠮷"}


async def test_times_and_absences_are_saved_together_or_not_at_all(database: Any) -> None:
    story = await open_contest()
    here = f"/organise/contests/{story.contest.address}/entries"
    w1, w2 = (f"e{story.entries[work].entry_id}" for work in ("W1", "W2"))
    async with visitors() as web:
        mei = await web.signed_in("mei")
        held = inputs(await mei.get(here))
        wrong = await mei.post(f"/en{here}", {**held, f"{w1}-time": "12:05.5", f"{w2}-time": "fast"})
        assert (wrong.status_code, sentences(wrong)) == (
            422,
            ["“fast” is no time. Write minutes and seconds like 12:05.5, or hours like 1:02:05."],
        )
        assert inputs(wrong)[f"{w1}-time"] == "12:05.5"
        await mei.post(here, {**held, f"{w1}-time": "12:05.5", f"{w2}-status": "absent"})
    assert [one.facts for one in await people(story.contest.id)] == [
        EntryFacts("ok", 725_500),
        EntryFacts("absent"),
        EntryFacts(),
    ]


async def test_slips_are_shown_once_and_replacing_them_is_confirmed(database: Any) -> None:
    story = await frozen_contest()
    here = f"/organise/contests/{story.contest.address}/codes"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        slips = await mei.post(here)
        assert slips.status_code == 200
        assert "龚䶮" in slips.text
        assert "no-store" in slips.headers["cache-control"]
        unsure = await mei.post(f"/en{here}")
        assert (unsure.status_code, sentences(unsure)) == (
            409,
            ["Tick the box first: the codes that were handed out stop working."],
        )
        assert (await mei.post(here, {"confirm": "yes", "work_number": "W2"})).text.count("slip-who") == 1


async def test_judges_are_seated_by_module_and_work(database: Any) -> None:
    story = await frozen_contest()
    for sign_in, name in (("hao", "浩"), ("bo", "波")):
        await actor(sign_in, name)
    here = f"/organise/contests/{story.contest.address}/panel"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        typed: Any = {"sign_in": "hao\nbo", "modules": "T", "aspects": ["P1"], "works": "chosen", "work": ["W1", "W3"]}
        assert (await mei.post(here, typed)).status_code == 303
        wrong = await mei.post(f"/en{here}", {"sign_in": "ghost", "works": "every"})
        assert (wrong.status_code, sentences(wrong)) == (
            409,
            [
                "No account was found for “ghost”. Type the name with which the judge signs in; a phone number finds "
                "only people of your own union and below it. A union officer creates accounts.",
                "Choose at least one aspect, or make this the chief judge.",
            ],
        )
        assert inputs(wrong)["sign_in"] == "ghost"
        assert (await mei.post(f"{here}/6", {"act": "remove"})).status_code == 303
    assert [(one.name, one.aspects, one.works) for one in (await seats_of(story.contest.id))[4:]] == [
        ("浩", ("T1", "P1"), ("W1", "W3"))
    ]


async def test_marking_opens_from_its_page(database: Any) -> None:
    story = await frozen_contest()
    here = f"/organise/contests/{story.contest.address}/opening"
    async with visitors() as web:
        mei = await web.signed_in("mei")
        assert (await mei.post(here)).status_code == 303
        assert (await mei.post(here)).status_code == 409
        done = await mei.get(f"/organise/contests/{story.contest.address}")
    await story.reload()
    assert story.contest.stage is Stage.MARKING
    assert "查看成绩汇总" in done.text


def rooms(story: Story) -> list[str]:
    contest = f"/organise/contests/{story.contest.address}"
    competition = f"/organise/competitions/{story.contest.competition.address}"
    inside = ["", "/facts", "/settings", "/opening", "/scheme", "/scheme/file", "/freezing", "/versions", "/amendment"]
    inside += ["/roster", "/entries", "/entries/W1", "/codes", "/panel", "/panel/new", "/panel/1"]
    return [
        *(contest + room for room in inside), f"{contest}/scheme.json",
        competition, f"{competition}/facts", f"{competition}/contests/new",
    ]  # fmt: skip


def letter_boxes(story: Story) -> list[str]:
    contest = f"/organise/contests/{story.contest.address}"
    competition = f"/organise/competitions/{story.contest.competition.address}"
    inside = ["/facts", "/settings", "/opening", "/scheme", "/scheme/file", "/freezing", "/amendment", "/roster"]
    inside += ["/entries", "/entries/W1", "/codes", "/panel", "/panel/1"]
    return [
        *(contest + room for room in inside),
        f"{competition}/facts", f"{competition}/contests", f"{competition}/organisers",
    ]  # fmt: skip


@pytest.mark.parametrize("sign_in, roles", [("sheng", ["organiser"]), ("ling", [])])
async def test_strangers_and_judges_find_nothing(database: Any, sign_in: str, roles: list[str]) -> None:
    story = await open_contest()
    async with visitors() as web:
        nobody = await web.signed_in(sign_in, roles=roles)
        opened = [room for room in rooms(story) if (await nobody.get(room)).status_code != 404]
        moved = [box for box in letter_boxes(story) if (await nobody.post(box, {"act": "remove"})).status_code != 404]
    assert (opened, moved) == ([], [])


async def test_an_officer_may_open_everything(database: Any) -> None:
    story = await open_contest()
    async with visitors() as web:
        officer = await web.signed_in("guan")
        statuses = {room: (await officer.get(room)).status_code for room in rooms(story)}
    assert {room for room, status in statuses.items() if status not in (200, 303)} == set()


JUNK: list[dict[str, Any]] = [
    {},
    {"act": "add", "remove": "²", "digits": "²", "base": "٣٣٣٣٣٣", "year": "９９９９９９９９", "work_number": "\u202e"},
    {"act": "remove-m99-a99", "m0-a0-code": "x", "m999-a999-max": "1e9", "tie-99": ":", "position": "-1"},
    {"act": "save", "m0-a0-kind": "grade", "m0-a0-table": "=\n= =\nx", "m0-a0-keys": "=" * 9000, "m0-weight": "NaN"},
    {"act": "add", "roster": '"' + "x\t" * 500, "sign_in": "x" * 5000, "aspects": ["T1"] * 300, "works": "chosen"},
    {"roster": "姓名,单位\n" + "x" * 300 + "," + "y" * 300, "names_shown": "?", "awarded_places": "1" * 400},
    {"title": "长" * 5000, "occupation_code": "\ud7ff" * 300, "groups": "\n".join("g" * 90 for _ in range(90))},
]


async def junk(visitor: Visitor, story: Story) -> list[tuple[str, int]]:
    """Which addresses answered junk with a fault of ours."""
    faults = []
    for box in [*letter_boxes(story), "/organise/competitions"]:
        for fields in JUNK:
            page = await visitor.post(box, fields)
            if page.status_code >= 500:
                faults.append((box, page.status_code))
        files = {"file": ("x", b"\x00\xff\xfe" * 50), "scheme_file": ("x", b'{"modules": [[[]]]}')}
        page = await visitor.post(box, {}, files=files)
        if page.status_code >= 500:
            faults.append((box, page.status_code))
    return faults


@pytest.mark.parametrize("make", [draft_contest, frozen_contest, open_contest])
async def test_junk_is_answered_in_words(database: Any, make: Any) -> None:
    story = await make()
    async with visitors() as web:
        mei = await web.signed_in("mei")
        assert await junk(mei, story) == []
        strange = [
            "/organise/contests/²",
            "/organise/competitions/%00",
            f"{rooms(story)[0]}/panel/99999999999999999999",
        ]
        assert [(await mei.get(address)).status_code for address in strange] == [404, 404, 404]
