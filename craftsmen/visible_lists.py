"""Which honours are visible as far as lists decide it: a list is visible whole, or not at all.

Everyone who selects honours, names or lines of the register for somebody to see asks `visible`; only those who write
honours, and look for what is there already, also meet what is being registered. Reads, and knows nothing but lists.
"""

from collections.abc import Collection

from piccolo.columns import Column
from piccolo.columns.combination import Or

from craftsmen.honour_tables import HonourList
from foundation.store.locks import lock_rows


def visible(honour_list: Column) -> Or:
    """The condition on a column that names the list a row came with: it came with none, or with one that is shown."""
    shown = HonourList.select(HonourList.id).where(HonourList.shown_at.is_not_null())
    return Or(honour_list.is_null(), honour_list.is_in(shown))


async def shown_of(list_ids: Collection[int]) -> frozenset[int]:
    """Which of these lists are visible, and stay what they are until COMMIT; within the caller's transaction."""
    if not list_ids:
        return frozenset()
    await lock_rows(HonourList, list_ids, share=True)
    rows = await HonourList.select(HonourList.id).where(
        HonourList.id.is_in(sorted(list_ids)), HonourList.shown_at.is_not_null()
    )
    return frozenset(row["id"] for row in rows)
