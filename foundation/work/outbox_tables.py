"""Messages that wait to be sent. Columns and their meaning only."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class OutboxMessage(Table, tablename="outbox_message"):
    """One message to one address or robot; its text is erased once it has gone out."""

    id: Serial
    message_id = Varchar(length=32)  # random hex, the same at every attempt, so that a receiver can tell a repeat
    once = Varchar(length=80, default="")  # unique where not empty: what is written under it again is the same message
    channel = Varchar(length=16)  # foundation.work.outbox.Channel
    recipient = Varchar(length=254)  # as officers may see it: a mail address, a masked number; empty for a robot
    subject = Varchar(length=200)
    text = Text()  # empty, but in messages from before content was sealed
    content_sealed = Text(default="")  # the address and the text (message_content.py); empty once it has gone out
    stage = Varchar(length=16)  # foundation.work.outbox.Stage
    attempts = Integer(default=0)
    created_at = Timestamptz()
    due_at = Timestamptz()  # not to be tried before
    leased_until = Timestamptz(null=True, default=None)  # a process is sending it until then
    lease = Varchar(length=32)  # random hex of that process's attempt; empty when nobody is sending
    ended_at = Timestamptz(null=True, default=None)  # when it was sent, or given up
    failure = Varchar(length=200)  # the last answer of the other side, for officers


TABLES: list[type[Table]] = [OutboxMessage]
