"""`ganpo text`: the index looked after from the machine."""

import asyncio

from foundation.store import engines
from foundation.store.transactions import transaction
from foundation.text import index
from foundation.text.index import Document
from foundation.text.tables import IndexState
from ganpo import cli_text


async def told(engine, *arguments: str, capsys) -> tuple[int, str]:
    """Exit status and what was printed, run in a thread with a loop of its own."""
    url = engine.url
    await engine.stop()
    try:
        engines.use(engines.open_engine(url))
        status = await asyncio.to_thread(cli_text.text, arguments)
    finally:
        await engine.start()
        engines.use(engine)
    return status, capsys.readouterr().out


async def test_the_index_is_checked_refreshed_and_rebuilt(database, capsys):
    async with transaction():
        await index.put(*(Document("proposal", item, f"分水{item}") for item in range(1, 4)))
    assert await told(database, "check", capsys=capsys) == (0, "Documents: 3.\nThe index fits this version.\n")
    status, printed = await told(database, "refresh", capsys=capsys)
    assert (status, printed.partition(" in ")[0]) == (0, "Done: 3 documents")
    await IndexState.update({IndexState.value: 0}).where(IndexState.name == "version")
    status, printed = await told(database, "check", capsys=capsys)
    assert (status, printed.splitlines()[1]) == (
        1,
        "The index was made by another version, or not to its end: run ganpo text rebuild.",
    )
    status, printed = await told(database, "rebuild", capsys=capsys)
    assert (status, printed.partition(" in ")[0]) == (0, "Done: 3 documents")
    assert (await told(database, "check", capsys=capsys))[0] == 0
