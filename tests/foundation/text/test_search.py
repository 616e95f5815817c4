"""Searching: what is found, newest and best first, counted and continued, and what nobody finds."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.store.transactions import TransactionError, savepoint, snapshot, transaction
from foundation.text import entering, index, postings, search, tokens
from foundation.text.bands import Range
from foundation.text.index import Document
from foundation.text.search import EVERYTHING, Wanted, Word
from foundation.text.tables import Document as Row
from tests.foundation.text.documents_made_up import PUBLIC, proposal, put, remove


def words(*texts: str, phrase: bool = False) -> Wanted:
    return Wanted(tuple(Word(tokens.folded(text), phrase) for text in texts))


async def items(wanted: Wanted, seen=PUBLIC, **more) -> list[int]:
    return [hit.item for hit in (await search.newest(wanted, seen, **more)).hits]


async def test_pieces_of_a_text_find_it(database):
    await put(
        proposal(1, "青花分水料水浓度比对色卡"),
        proposal(2, "PLC控制的恒温料槽，3.5毫米"),
        proposal(3, "程𠮷提出：窑车码放图上墙"),
    )
    assert await items(words("分水")) == [1]
    assert await items(words("料")) == [2, 1]
    assert await items(words("图")) == [3]
    assert await items(words("程𠮷")) == [3]
    assert await items(words("ｐｌｃ", "料槽")) == [2]
    assert await items(words("分水料水浓度")) == [1]
    assert await items(words("3.5")) == [2]
    assert await items(words("槽料")) == []
    assert await items(Wanted()) == [3, 2, 1]


async def test_a_phrase_stands_in_one_piece(database):
    await put(proposal(1, "料水分，水岭分水，分水窑"), proposal(2, "分水岭"))
    assert await items(words("分水岭")) == [2, 1]  # its pairs stand in both
    assert await items(words("分水岭", phrase=True)) == [2]
    assert await items(Wanted((Word("水"), Word("分水岭", phrase=True, without=True)))) == [1]
    assert await items(Wanted((Word("水"), Word("窑", without=True)))) == [2]
    assert await items(Wanted((Word("窑", without=True),))) == [2]


async def test_named_texts_are_found_by_themselves_too(database):
    await put(
        proposal(1, "防尘吸口", named={"person": "冯砚秋", "unit": "云窑艺术瓷厂"}),
        proposal(2, "冯砚秋的分水", named={"person": "傅远山"}),
    )
    assert await items(words("冯砚秋")) == [2, 1]
    assert await items(Wanted((Word("冯砚秋", name="person"),))) == [1]
    assert await items(Wanted((Word("云窑", name="unit"),))) == [1]
    assert await items(Wanted((Word("瓷厂艺术", phrase=True, name="unit"),))) == []
    assert await items(Wanted((Word("艺术瓷厂", phrase=True, name="unit"),))) == [1]


async def test_facets_and_ranges_narrow(database):
    await put(
        proposal(1, "一", "y2023", "c1", value=99_999),
        proposal(2, "二", "y2024", "c1", value=100_000),
        proposal(3, "三", "y2024", "c2", value=123_456),
        proposal(4, "四", "y2025", "c2"),
    )
    assert await items(Wanted(facets=(("y2023", "y2024"), ("c1",)))) == [2, 1]
    assert await items(Wanted(facets=((),))) == []
    assert await items(Wanted(value=Range(100_000))) == [3, 2]
    assert await items(Wanted(value=Range(99_999, 123_455))) == [2, 1]
    assert await items(Wanted(value=Range(123_456, 123_456))) == [3]
    assert await items(Wanted(value=Range(0, 0))) == []
    counts, capped = await search.facets(Wanted(), PUBLIC, ["y", "c"])
    assert (dict(counts), capped) == ({"y2023": 1, "y2024": 2, "y2025": 1, "c1": 2, "c2": 2}, False)


async def test_kinds_are_told_apart(database):
    await put(proposal(7, "分水"), Document("innovation", 7, "分水", ("public",)))
    found = await search.newest(Wanted((Word("分水"),), kinds=("innovation",)), PUBLIC)
    assert [(hit.kind, hit.item) for hit in found.hits] == [("innovation", 7)]
    assert len((await search.newest(Wanted(kinds=("innovation", "proposal")), PUBLIC)).hits) == 2


@pytest.mark.parametrize("fetched", [postings.FETCHED, 1])  # all sorted, or run by run, where there are very many
async def test_pages_follow_each_other_and_counts_are_capped(database, monkeypatch, fetched):
    monkeypatch.setattr(entering, "BLOCK", 8)
    monkeypatch.setattr(postings, "FETCHED", fetched)
    monkeypatch.setattr(search, "COUNTED", 30)
    await put(*(proposal(item, f"窑车{item}") for item in range(1, 42)))
    first = await search.newest(words("窑车"), PUBLIC, size=15)
    assert ([hit.item for hit in first.hits], first.count, first.capped) == (list(range(41, 26, -1)), 30, True)
    second = await search.newest(words("窑车"), PUBLIC, before=first.after, size=15)
    assert ([hit.item for hit in second.hits], second.count, second.capped) == (list(range(26, 11, -1)), 26, False)
    third = await search.newest(words("窑车"), PUBLIC, before=second.after, size=15)
    assert ([hit.item for hit in third.hits], third.after) == (list(range(11, 0, -1)), None)


async def test_phrases_are_looked_for_among_the_newest_candidates_and_then_further_back(database, monkeypatch):
    monkeypatch.setattr(search, "CHECKED", 10)
    good = {3, 11, 12, 19, 20}
    await put(*(proposal(item, "分水岭" if item in good else "水岭，分水") for item in range(1, 26)))
    wanted, before, found = words("分水岭", phrase=True), None, []
    for _ in range(9):
        page = await search.newest(wanted, PUBLIC, before=before, size=2)
        found += [hit.item for hit in page.hits]
        before = page.after
        if before is None:
            break
    assert found == [20, 19, 12, 11, 3]


async def test_the_best_come_first_where_there_are_few(database, monkeypatch):
    await put(
        proposal(1, "分水" * 3 + "的料水浓度"),
        proposal(2, "一份很长的建议" * 6 + "最后提到分水"),
        proposal(3, "新员工卡上，水与分水"),
    )
    found = await search.best(words("分水"), PUBLIC)
    assert found is not None
    assert ([hit.item for hit in found.hits], found.count, found.after) == ([1, 3, 2], 3, None)
    page = await search.best(words("分水"), PUBLIC, skip=1, size=1)
    assert page is not None
    assert ([hit.item for hit in page.hits], page.after) == ([3], 2)
    monkeypatch.setattr(search, "RANKED", 2)
    assert await search.best(words("分水"), PUBLIC) is None


async def test_a_word_too_many_is_named(database):
    await put(proposal(1, "青花分水"), proposal(2, "青花料槽"))
    told = await search.without_each(words("青花", "分水", "料槽"), PUBLIC)
    assert [(word.text, count, capped) for word, count, capped in told] == [
        ("青花", 0, False),
        ("分水", 1, False),
        ("料槽", 1, False),
    ]


async def test_a_document_that_is_put_again_is_found_as_it_is_now(database):
    await put(proposal(1, "青花分水", "y2023", value=5, named={"person": "冯砚秋"}))
    await put(proposal(1, "锂盐包装", "y2024", named={"person": "傅远山"}), proposal(1, "铜箔边料", "y2025"))
    assert await items(words("分水")) == await items(words("锂盐")) == await items(words("冯砚秋")) == []
    assert await items(Wanted(facets=(("y2023", "y2024"),))) == await items(Wanted(value=Range(0))) == []
    assert await items(words("铜箔")) == await items(Wanted(facets=(("y2025",),))) == [1]


async def _fail_after_writing() -> None:
    async with savepoint():
        await index.put(proposal(1, "分水"))
        assert await items(words("分水")) == [1]  # the transaction itself finds it
        raise RuntimeError


async def tokens_left(database) -> int:
    if database.engine_type == "postgres":
        rows = await database.run_ddl("SELECT count(*) AS n FROM text_index")
        return rows[0]["n"]
    async with transaction() as held:  # a vocabulary is a table of its own that this transaction takes back
        await held.fetch("CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab('main', 'text_index', 'row')")
        rows = await held.fetch("SELECT count(*) AS n FROM temp.vocabulary")
        await held.fetch("DROP TABLE temp.vocabulary")
    return rows[0]["n"]


async def test_removal_leaves_nothing(database):
    await put(proposal(1, "程𠮷的PLC 3.5", "y2024", value=12, named={"person": "饶㛃"}), proposal(2, "料", batch="s1"))
    assert await tokens_left(database) > 0
    await remove("proposal", 1, 2, 99)
    assert await tokens_left(database) == 0
    assert await Row.count() == 0


async def test_the_index_is_written_with_the_row_or_not_at_all(database):
    with pytest.raises(TransactionError):
        await index.put(proposal(1, "分水"))
    async with transaction():
        with pytest.raises(RuntimeError):
            await _fail_after_writing()
        assert await items(words("分水")) == []
    assert await items(words("分水")) == []
    assert await tokens_left(database) == 0


@pytest.mark.parametrize("bad", ["Y2024", "y.2024", "y 2024", "", ":y", "年", "y" * 41, 'y"'])
async def test_what_is_no_facet_is_refused(database, bad):
    with pytest.raises(ValueError):
        await put(proposal(1, "分水", bad))
    if bad:
        with pytest.raises(ValueError):
            await items(Wanted(), ((bad,),))


async def test_nobody_said_what_may_be_seen(database):
    with pytest.raises(ValueError):
        await search.newest(Wanted(), ())
    await put(Document("proposal", 1, "分水"))
    assert await items(Wanted(), [[]]) == []
    assert await items(Wanted(), EVERYTHING) == [1]


async def test_a_batch_becomes_visible_and_invisible_by_one_act(database):
    await put(proposal(1, "分水"))
    async with transaction():
        await index.hide("s17")
        await index.hide("s17")
    for start in (10, 20):
        await put(*(proposal(start + number, "分水，夜班", batch="s17") for number in range(5)))
    assert await items(words("分水")) == [1]
    async with transaction():
        await index.show("s17")
    assert await items(words("分水")) == [24, 23, 22, 21, 20, 14, 13, 12, 11, 10, 1]
    async with transaction():
        await index.hide("s17")
    assert await items(words("分水")) == [1]
    while some := await index.in_batch("s17", 4):
        await remove("proposal", *(item for _, item in some))
    async with transaction():
        await index.show("s17")
    assert await items(words("分水")) == [1]
    assert await Row.count() == 1


LETTERS = "分水岭窑𠮷"
TEXTS = st.lists(
    st.text(LETTERS, min_size=1, max_size=4) | st.sampled_from(["plc", "235", "q"]), min_size=1, max_size=4
)
WHO = st.frozensets(st.sampled_from(["public", "u1", "u2", "own7"]), max_size=3)
SEEN = st.lists(st.lists(st.sampled_from(["public", "u1", "u2", "own7"]), max_size=3), min_size=1, max_size=2)
DOCUMENTS = st.dictionaries(st.integers(1, 6), st.tuples(TEXTS.map(" ".join), WHO, st.sampled_from(["", "s1", "s2"])))


@given(DOCUMENTS, DOCUMENTS, SEEN, st.sampled_from([None, "s1", "s2"]), TEXTS, st.booleans())
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_exactly_what_may_be_seen_and_fits_is_found(database, first, then, seen, hidden, asked, phrase):
    """Against looking at every document: hits, counts and facets, after some were changed and some removed."""
    async with transaction():
        await index.remove("proposal", range(1, 7))
        for batch in ("s1", "s2"):
            await (index.hide if batch == hidden else index.show)(batch)
    for some in (first, then):
        await put(*(Document("proposal", item, *_arguments(given)) for item, given in some.items()))
    await remove("proposal", *(item for item in first if item % 3 == 0 and item not in then))
    stand = {item: given for item, given in (first | then).items() if item % 3 or item in then}
    wanted = Wanted(tuple(Word(text, phrase) for text in asked))
    fitting = {
        item
        for item, (text, who, batch) in stand.items()
        if all(any(facet in who for facet in group) for group in seen)
        and (not batch or batch != hidden)
        and all(_fits(tokens.folded(text), word) for word in wanted.words)
    }
    found = await search.newest(wanted, seen)
    assert ({hit.item for hit in found.hits}, found.count) == (fitting, len(fitting))
    counts, _ = await search.facets(wanted, seen, ["u", "own", "public"])
    assert counts == {
        facet: n for facet in ("public", "u1", "u2", "own7") if (n := sum(facet in stand[item][1] for item in fitting))
    }
    best = await search.best(wanted, seen)
    assert best is not None
    assert {hit.item for hit in best.hits} == fitting
    for word, count, _ in await search.without_each(wanted, seen):
        rest = replace(wanted, words=tuple(each for each in wanted.words if each != word))
        assert count == (await search.newest(rest, seen)).count


def _arguments(given):
    text, who, batch = given
    return text, tuple(sorted(who)), None, {}, batch


def _fits(kept: str, word: Word) -> bool:
    if word.phrase:
        return tokens.holds(kept, word.text)
    runs = [run for run in kept.split() if tokens.is_paired(run)]
    if len(word.text) == 1 and tokens.is_paired(word.text):
        return any(word.text in run for run in runs)
    if not tokens.is_paired(word.text):
        return word.text in kept.split()
    return all(any(pair in run for run in runs) for pair in tokens.pairs(word.text))


async def test_a_search_within_a_snapshot_is_planned_like_any_other(database):
    await put(proposal(1, "分水"))
    async with snapshot() as held:
        assert [hit.item for hit in (await search.newest(Wanted((Word("分水"),)), PUBLIC)).hits] == [1]
        if database.engine_type == "postgres":
            assert (await held.fetch("SELECT current_setting('enable_seqscan') AS said"))[0]["said"] == "off"
