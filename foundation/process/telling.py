"""Messages about what was issued or came in: facts and an address, in the transaction of what they tell.

No sentence is made here: a title, a number, a deadline and where to read on say the same in every language. Goes to
the robots and the mailboxes that settings name, and nowhere where they name none.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import foundation.people.sealed_messages  # noqa: F401 - messages wait sealed until they are sent
from foundation.base.settings import Settings
from foundation.process import circular_mails
from foundation.process.circular_words import message_of
from foundation.work import outbox
from foundation.work.senders import Channel

ROBOTS = (Channel.WECOM, Channel.DINGTALK)


async def circular_issued(row: Mapping[str, Any], number: str, address: str, now: datetime) -> None:
    """Tell the robots of a public circular, and begin to tell the units that it is addressed to by mail."""
    text = message_of({**row, "number": number, "address": address}, Settings.from_env())
    if row["public"]:
        for robot in ROBOTS:
            await outbox.post(robot, "", row["title"], text, now)
    await circular_mails.begin(row, now)


async def objection_came(title: str, now: datetime) -> None:
    """Tell the robots that there is an objection to a notice; who objects, and what, is on the desk alone."""
    public_url = Settings.from_env().public_url
    for robot in ROBOTS:
        await outbox.post(robot, "", title, f"{title}\n{public_url}/objections", now)
