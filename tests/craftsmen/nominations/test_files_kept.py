"""What was handed in with a nomination is never swept, a replaced paper included: the way of a decision can be read."""

from datetime import UTC, datetime, timedelta

from craftsmen import materials, opinions
from craftsmen.nomination_tables import Material, Opinion
from craftsmen.rules.opinion_form import OpinionDraft
from foundation.files import stored, sweeping, uses
from foundation.files.tables import StoredFile
from tests.craftsmen.nominations.cast import NOW, PDF, province

AGAIN = PDF.replace(b"\n1 0", b"\n% again\n1 0")


async def swept() -> set[int]:
    """The files that are left a week later."""
    await sweeping.sweep(datetime.now(UTC) + timedelta(days=7))
    return {row["id"] for row in await StoredFile.select(StoredFile.id)}


async def test_the_sweep_leaves_papers_and_opinions_of_a_nomination_alone(database):
    here = await province()
    address = await here.nominated("cheng")
    one = await here.facts(address)
    await here.paper(address, "minutes", content=AGAIN)
    answer = await stored.keep("安监意见.pdf", PDF, here.people["shi"], NOW)
    said = OpinionDraft("南昌市应急管理局", agrees=True, given_on=NOW.date(), text="")
    await opinions.record(one.id, "safety", said, here.people["shi"], NOW, paper=answer)
    stray = await stored.keep("没有用上.pdf", PDF, 7, NOW)
    used = {row["file"] for row in await Material.select(Material.file)} | {answer}
    assert len(used) == 5  # three papers, one of them twice, and the answer
    assert {each.file_id for each in await uses.uses_of(one.subject)} == used
    assert stray not in used
    assert await swept() == used
    assert (await stored.read(await materials.file_of(one.id, "minutes")))[1] == AGAIN
    assert await Opinion.count().where(Opinion.file == answer) == 1
