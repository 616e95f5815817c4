"""Texts that are much like another: found though re-worded, never the asker's own, never what may not be seen."""

from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.store.transactions import transaction
from foundation.text import frequencies, index, postings
from foundation.text import similar as similar_module
from foundation.text.documents import Document
from foundation.text.search import EVERYTHING
from foundation.text.similar import in_batch, repeats, similar
from foundation.text.similar import units as similar_units
from tests.foundation.text.documents_made_up import PUBLIC, proposal, put, remove

HEAT = "空压机余热供职工浴室热水，冬季每天节约用电"
LIKE_HEAT = "利用空压机余热给职工浴室供热水，节约用电"
OTHERS = (
    "石膏模具分区编号管理，减少翻找", "铜箔分切边料定尺回收", "夜班巡检路线去除重复段", "钻头按寿命分级使用",
    "喷漆房风机变频控制，节约用电", "检验记录由手写改扫码", "食堂供应半份菜", "断针回收登记一页化",
)  # fmt: skip


async def refresh() -> None:
    async for _ in frequencies.refresh():
        pass


async def found(words: str, seen=PUBLIC, **more) -> list[int]:
    return [each.item for each in await similar(words, seen, **more)]


@pytest.mark.parametrize("counted", [False, True])
async def test_what_is_said_in_other_words_is_found(database, counted):
    await put(proposal(1, HEAT), *(proposal(item, words) for item, words in enumerate(OTHERS, 2)))
    if counted:
        await refresh()
    told = await similar(LIKE_HEAT, PUBLIC)
    assert [(each.kind, each.item) for each in told] == [("proposal", 1)]
    assert told[0].likeness == Fraction(11, 24)
    assert {"空压", "余热", "浴室"} <= set(told[0].shared)
    assert "节约" in told[0].shared
    assert await found("与谁都不同的一句话") == []


async def test_oneself_is_not_like_oneself(database):
    await put(proposal(1, HEAT), Document("innovation", 1, HEAT, ("public",)))
    assert [(each.kind, each.likeness) for each in await similar(HEAT, PUBLIC, own=("proposal", 1))] == [
        ("innovation", 1)
    ]
    assert await found(HEAT, kinds=["proposal"]) == [1]
    assert await found(HEAT, kinds=["proposal"], own=("proposal", 1)) == []


async def test_a_shared_common_word_is_no_likeness(database):
    await put(proposal(1, "节约用电，从车间做起"), proposal(2, "节约用电"))
    assert await found("办公楼照明节约用电改造") == []
    assert await found("节约用电") == [2, 1]  # of so short a text all is shared
    assert await found("") == await found("！") == []


async def test_what_may_not_be_seen_is_like_nothing(database):
    await put(
        Document("proposal", 1, HEAT, ("u5",)),
        Document("proposal", 2, HEAT, ("u6", "u_7")),
        Document("proposal", 3, HEAT, ("ux7",), batch="s1"),
    )
    assert await found(HEAT, PUBLIC) == []
    assert await found(HEAT, [["u5", "public"]]) == [1]
    assert await found(HEAT, [["u5", "u6"], ["u_7"]]) == [2]
    assert await found(HEAT, [["ux7"]]) == [3]
    assert await found(HEAT, [["u_7"]]) == [2]
    async with transaction():
        await index.hide("s1")
    assert await found(HEAT, EVERYTHING) == [2, 1]
    assert await repeats([HEAT], [["ux7"]]) == [[]]


async def test_candidates_that_may_not_be_seen_use_up_no_place_among_those_compared(database, monkeypatch):
    monkeypatch.setattr(similar_module, "READ_AT_ONCE", 3)
    monkeypatch.setattr(similar_module, "COMPARED", 2)
    hidden = (Document("proposal", item, HEAT, ("u5",)) for item in range(1, 9))
    await put(proposal(20, LIKE_HEAT), proposal(21, LIKE_HEAT), *hidden, proposal(22, f"{LIKE_HEAT}，改后更省"))
    assert await found(HEAT) == [21, 20, 22]
    assert len(await found(HEAT, EVERYTHING)) == 3  # of all that may be seen no more than these are read


async def test_many_invisible_ones_keep_no_visible_one_out(database):
    await put(proposal(1, LIKE_HEAT), *(Document("proposal", item, HEAT, ("u9",)) for item in range(2, 300)))
    assert await found(HEAT) == [1]


async def test_the_same_text_again_is_looked_up(database):
    await put(proposal(1, "Ａ型 料槽"), proposal(2, "a型料槽！"), proposal(3, "料槽"))
    assert await repeats(["a型，料槽", "料槽", "槽料", "！", ""], PUBLIC) == [
        [("proposal", 1), ("proposal", 2)],
        [("proposal", 3)],
        [],
        [],
        [],
    ]
    await remove("proposal", 2)
    assert await repeats(["a型料槽"], PUBLIC, kinds=["proposal"]) == [[("proposal", 1)]]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_looked_up_by_ids_or_texts_is_never_walked_through_by_its_kind(database):
    async with transaction() as held:
        for part, found in (
            (postings.BY_ID_SQLITE, "PRIMARY KEY"),
            (postings.BY_REPEAT_SQLITE, "text_document_repeat"),
        ):
            sql = f"EXPLAIN QUERY PLAN SELECT id FROM {part} AND facets LIKE '% u1 %' AND kind = 'proposal'"  # noqa: S608 - ours
            assert found in (await held.run(sql, "[1]"))[0]["detail"]


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
async def test_a_limit_never_has_tokens_looked_up_id_by_id(database):
    """After the first statistics the planner thinks a frequent word quicker found by walking through all ids."""
    await put(*(proposal(item, f"建议{item}") for item in range(1, 401)))
    await database.run_ddl("ANALYZE text_index")
    asked = f"EXPLAIN SELECT id FROM text_index WHERE {postings.FOUND} LIMIT 20"  # noqa: S608 - ours
    async with postings.reading() as held:
        plan = "\n".join(row["QUERY PLAN"] for row in await held.run(asked, "'建议'"))
    assert "Bitmap Index Scan on text_index_tokens" in plan, plan


async def test_a_sheet_is_compared_in_steps(database):
    await put(proposal(1, HEAT))
    async with transaction():
        await index.hide("s1")
    await put(*(proposal(item, words, batch="s1") for item, words in enumerate([LIKE_HEAT, *OTHERS], 10)))
    told, before = [], None
    while True:
        some, before = await in_batch("s1", PUBLIC, before=before, most=4)
        told += some
        if before is None:
            break
    assert [item for (_, item), _ in told] == list(range(18, 9, -1))
    assert [(item, [each.item for each in like]) for (_, item), like in told if like] == [(10, [1])]


async def test_frequencies_are_counted_once_and_go_on(database):
    await put(*(proposal(item, words) for item, words in enumerate(OTHERS, 1)))
    await refresh()
    await refresh()
    assert await frequencies.of(["节约", "用电", "回收", "石膏", "没有"]) == {
        "节约": 1, "用电": 1, "回收": 2, "石膏": 1, "没有": 0,
    }  # fmt: skip
    await put(proposal(20, HEAT))
    await refresh()
    assert (await frequencies.of(["节约"]))["节约"] == 2


WORDS = st.lists(
    st.sampled_from(["空压机", "余热", "浴室", "热水", "模具", "编号", "分区", "plc", "235"]), min_size=1, max_size=6
)
TEXTS = st.dictionaries(st.integers(1, 8), st.tuples(WORDS.map("".join), st.sampled_from(["public", "u1", "u2"])))


@given(TEXTS, WORDS.map("".join), st.lists(st.sampled_from(["public", "u1", "u2"]), max_size=2))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_nothing_invisible_is_ever_similar_and_what_says_the_same_always_is(database, texts, asked, group):
    async with transaction():
        await index.remove("proposal", range(1, 9))
    await put(*(Document("proposal", item, words, (who,)) for item, (words, who) in texts.items()))
    told = await similar(asked, [group], size=20)
    same = {item for item, (words, who) in texts.items() if words == asked and who in group}
    assert {texts[each.item][1] for each in told} <= set(group)
    assert same <= {each.item for each in told}
    assert {item for _, item in (await repeats([asked], [group]))[0]} >= same


def asked(wanted, counts) -> list[str]:
    return [wish.fts5() for wish, _, _ in similar_units(wanted, counts)]


def test_rare_terms_are_asked_for_first_and_frequent_ones_with_their_neighbours():
    counts = {"空压": 3, "压机": 0, "余热": 30_000, "用电": 900_000, "节约": 800_000}
    assert asked(list(counts), counts) == [
        '"压机"', '"空压"', '"压机" AND "余热" AND "用电"', '"余热" AND "用电" AND "节约"', '"用电" AND "节约"',
    ]  # fmt: skip


def test_no_text_makes_the_index_read_without_bound():
    terms = [f"a{number}" for number in range(3_000)]
    found = similar_units(terms, dict.fromkeys(terms, 9_000))
    whole = [read for _, _, read in found if read is None]  # as many as were counted
    assert (len(found), len(whole)) == (12, similar_module.READ // 9_000)
    assert len(whole) * 9_000 + sum(read or 0 for _, _, read in found) <= similar_module.READ + 12 * 2_000
    found = similar_units(terms, dict.fromkeys(terms, 0))
    assert (len(found), sum(read for _, _, read in found)) == (48, 96_000)
