"""The index made anew: the same is found before, meanwhile and after, whatever is written in between."""

import asyncio

import pytest

from foundation.store.transactions import transaction
from foundation.text import entering, frequencies, index, rebuilding, search, tokens
from foundation.text.search import Wanted, Word
from foundation.text.tables import IndexState
from tests.foundation.text.documents_made_up import PUBLIC, proposal, put, remove
from tests.foundation.text.test_search import tokens_left


async def found(text: str) -> list[int]:
    return [hit.item for hit in (await search.newest(Wanted((Word(text),)), PUBLIC)).hits]


@pytest.fixture(autouse=True)
def short_steps(monkeypatch):
    monkeypatch.setattr(rebuilding, "STEP", 2)
    monkeypatch.setattr(rebuilding, "STEP_POSTGRES", 2)
    monkeypatch.setattr(frequencies, "STEP", 2)


async def test_everything_is_found_again_and_counted_once(database):
    await put(*(proposal(item, f"分水{item}") for item in range(1, 6)))
    told = [one async for one in rebuilding.rebuild()]
    assert told[-1] == (5, 5)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert await found("分水") == [5, 4, 3, 2, 1]
    assert await frequencies.of(["分水"]) == {"分水": 5}
    assert not await rebuilding.is_needed()
    assert [one async for one in rebuilding.rebuild()][-1] == (5, 5)
    assert await frequencies.of(["分水"]) == {"分水": 5}


async def test_what_is_written_meanwhile_is_as_it_was_written(database):
    await put(*(proposal(item, f"分水{item}") for item in range(1, 8)))
    steps = rebuilding.rebuild()
    await anext(steps)
    await anext(steps)
    await put(proposal(1, "料槽"), proposal(7, "料槽"), proposal(8, "分水"))
    await remove("proposal", 2, 6)
    async with transaction():
        await index.hide("s1")
        await index.put(proposal(9, "分水", batch="s1"))
    assert await found("分水") == [8, 5, 4, 3]
    async for _ in steps:
        pass
    assert await found("分水") == [8, 5, 4, 3]
    assert await found("料槽") == [7, 1]
    await put(proposal(3, "料槽"))
    await remove("proposal", *range(1, 10))
    assert await found("料槽") == []
    assert await tokens_left(database) == 0


async def test_a_rebuild_that_was_broken_off_goes_on(database):
    await put(*(proposal(item, f"分水{item}") for item in range(1, 8)))
    steps = rebuilding.rebuild()
    await anext(steps)
    await anext(steps)
    await steps.aclose()
    assert await rebuilding.is_needed()
    await put(proposal(1, "料槽"))
    again = rebuilding.rebuild()
    first, _ = await anext(again)
    assert first == 3  # six of seven are done, and then comes the counting
    async for _ in again:
        pass
    assert await found("分水") == [7, 6, 5, 4, 3, 2]
    assert await found("料槽") == [1]


async def test_another_tokenizer_begins_from_the_first_document(database, monkeypatch):
    await put(proposal(1, "分水"), proposal(2, "分水"), proposal(3, "分水"))
    steps = rebuilding.rebuild()
    await anext(steps)
    await steps.aclose()
    monkeypatch.setattr(tokens, "VERSION", 2)
    monkeypatch.setattr(tokens, "pairs", lambda run: iter([run]))
    async for _ in rebuilding.rebuild():
        pass
    assert (await IndexState.objects().get(IndexState.name == "version")).value == 2
    assert not await rebuilding.is_needed()
    assert await found("分水") == [3, 2, 1]
    assert await frequencies.of(["分水"]) == {"分水": 3}


async def test_two_who_make_it_anew_at_once_do_no_harm(database):
    await put(*(proposal(item, f"分水{item}") for item in range(1, 12)))

    async def whole() -> list[tuple[int, int]]:
        return [one async for one in rebuilding.rebuild()]

    await asyncio.gather(whole(), whole(), put(proposal(1, "料槽"), proposal(12, "分水")))
    assert await found("分水") == list(range(12, 1, -1))
    assert await found("料槽") == [1]
    await remove("proposal", *range(1, 13))
    assert await tokens_left(database) == 0
    assert not await rebuilding.is_needed()


async def test_a_step_of_which_a_part_failed_is_done_again(database, monkeypatch):
    for name in ("STEP", "STEP_POSTGRES"):
        monkeypatch.setattr(rebuilding, name, 8)
    await put(*(proposal(item, f"分水{item}") for item in range(1, 9)))
    fill = entering.fill

    async def failing(held, entries):
        await fill(held, entries)
        if entries[-1].record["item"] == 8:
            raise ConnectionError

    monkeypatch.setattr(entering, "fill", failing)
    with pytest.raises((ConnectionError, ExceptionGroup)):
        await anext(rebuilding.rebuild())
    assert await rebuilding.is_needed()
    monkeypatch.setattr(entering, "fill", fill)
    async for _ in rebuilding.rebuild():
        pass
    assert await found("分水") == list(range(8, 0, -1))
    await remove("proposal", *range(1, 9))
    assert await tokens_left(database) == 0
