"""Telling a unit by mail that something became of a nomination: facts and an address, with what they tell.

No name and no reason stands in a mail: it says which round, and where to read on. The desk says the same to whoever
signs in, and the worker reads it on their own page.
"""

from datetime import datetime

from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_rounds import RoundForNominations
from foundation.base.mailbox import is_mailbox
from foundation.base.settings import Settings
from foundation.people.organisation_tables import Organisation
from foundation.work import outbox
from foundation.work.senders import Channel


async def tell_unit(nomination: NominationFacts, found: RoundForNominations, now: datetime) -> None:
    """Write the mail, where settings name a mail server and the unit a mailbox. Inside the caller's transaction."""
    if Channel.MAIL not in outbox.named():
        return
    row = await Organisation.select(Organisation.contact_email).where(Organisation.id == nomination.unit_id).first()
    mailbox = row["contact_email"] if row else ""
    if not is_mailbox(mailbox):
        return
    address = f"{Settings.from_env().public_url}/nominations/{nomination.address}"
    text = f"{found.name}\n{nomination.address}\n{address}"
    await outbox.post(Channel.MAIL, mailbox, found.name, text, now)
