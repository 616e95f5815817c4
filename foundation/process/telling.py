"""Messages about what was issued or came in: facts and an address, in the transaction of what they tell.

No sentence is made here: a title, a number, a deadline and where to read on say the same in every language. Goes to
the robots and the mailboxes that settings name, and nowhere where they name none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from piccolo.columns.combination import And

import foundation.people.sealed_messages  # noqa: F401 - messages wait sealed until they are sent
from foundation.base.mailbox import is_mailbox
from foundation.base.settings import Settings
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import below
from foundation.work import outbox
from foundation.work.senders import Channel

MOST_MAILS = 500  # of one circular: whoever is not told by mail finds it on the desk
ROBOTS = (Channel.WECOM, Channel.DINGTALK)


async def circular_issued(row: Mapping[str, Any], number: str, address: str, now: datetime) -> None:
    """Tell the robots of a public circular, and the mailboxes of the units that it is addressed to."""
    settings = Settings.from_env()
    lines = [number, row["title"]]
    if row["deadline"]:
        lines.append(row["deadline"].astimezone(ZoneInfo(settings.zone)).strftime("%Y-%m-%d %H:%M"))
    if row["public"]:
        lines.append(f"{settings.public_url}/circulars/{address}")
    text = "\n".join(lines)
    if row["public"]:
        for robot in ROBOTS:
            await outbox.post(robot, "", row["title"], text, now)
    if Channel.MAIL in outbox.named():
        for mailbox in await _mailboxes(row):
            await outbox.post(Channel.MAIL, mailbox, row["title"], text, now)


async def objection_came(title: str, now: datetime) -> None:
    """Tell the robots that there is an objection to a notice; who objects, and what, is on the desk alone."""
    public_url = Settings.from_env().public_url
    for robot in ROBOTS:
        await outbox.post(robot, "", title, f"{title}\n{public_url}/objections", now)


async def _mailboxes(row: Mapping[str, Any]) -> list[str]:
    """The addresses of the units it is for, each once, those nearest to the federation first."""
    above = await Organisation.select(Organisation.path).where(Organisation.id == row["addressed_under"]).first()
    if above is None:
        return []
    units = And(
        below(Organisation.path, above["path"]),
        And(Organisation.active.eq(True), Organisation.id != row["organisation"]),
    )
    query = Organisation.select(Organisation.contact_email).where(units, Organisation.contact_email != "")
    if kinds := [part for part in row["addressed_kinds"].split(",") if part]:
        query = query.where(Organisation.kind.is_in(kinds))
    rows = await query.order_by(Organisation.path).limit(MOST_MAILS)
    return [mailbox for mailbox in dict.fromkeys(found["contact_email"] for found in rows) if is_mailbox(mailbox)]
