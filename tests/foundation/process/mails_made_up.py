"""Many units with mailboxes. As a program, a process that tells them of a circular slowly and can be killed:
`python -m tests.foundation.process.mails_made_up URL` works on what is due until it dies.
"""

import asyncio
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from foundation.base.settings import Settings
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import Organisation
from foundation.process import circular_mails
from foundation.store import engines
from foundation.store.commit import GroupCommit
from foundation.work import job_runner, jobs, outbox

NONE = Settings(home=Path(), database_url="")
MAIL = replace(NONE, smtp_url="smtp://127.0.0.1:1", mail_from="g@example.org")


async def units(below: int, count: int) -> list[int]:
    """So many firms below a unit, each with a mailbox; straight into the table, for thousands of them."""
    above = await Organisation.select().where(Organisation.id == below).first()
    assert above is not None
    same = {
        name: value for name, value in above.items() if name not in ("id", "parent", "path", "kind", "contact_email")
    }
    made: list[int] = []
    for start in range(0, count, 500):
        rows = [
            Organisation(
                **{**same, "name": f"第{number}厂工会", "short_name": "", "code": ""},
                parent=below, path=f"{above['path']}m{number}.", kind=Kind.ENTERPRISE.value,
                contact_email=f"unit{number}@example.org",
            )
            for number in range(start, min(start + 500, count))
        ]  # fmt: skip
        made += [row["id"] for row in await Organisation.insert(*rows)]
    return made


def slowly(seconds: float) -> None:
    """Have every message take a while."""
    post = outbox.post

    async def slow(*args: Any, **more: Any) -> int | None:
        await asyncio.sleep(seconds)
        return await post(*args, **more)

    outbox.post = slow


async def main(url: str) -> None:
    assert circular_mails.MAIL.code in jobs.KINDS  # as in every process of the registry
    outbox.use(MAIL)
    slowly(0.005)
    engine = engines.open_engine(url)
    await engine.start()
    engines.use(engine)
    await GroupCommit(engine).start()
    await job_runner.run_due(lambda: datetime.now(UTC), timedelta(seconds=30))


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
