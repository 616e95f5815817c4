"""Acts that need two people. Columns and their meaning only."""

from piccolo.columns import Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class TwoPersonAct(Table, tablename="two_person_act"):
    """What one person asked for and another decides; nothing of the question changes after it was asked."""

    id: Serial
    kind = Varchar(length=64)  # foundation.work.two_person.Kind.code
    about = Varchar(length=100)  # on what: "contest:12"; one open act of a kind for each
    payload = Text()  # canonical JSON: everything that confirming needs, frozen at asking
    salt = Varchar(length=32)  # random hex; with it the ledger's digest of the question tells nothing by guessing
    organisation_id = Integer()  # whose business it is; who may confirm depends on it
    asked_by = Integer()  # account
    asked_at = Timestamptz()
    reason = Text()  # why it is asked, in the asker's words
    stage = Varchar(length=16)  # foundation.work.two_person.Stage
    decided_by = Integer(null=True, default=None)  # account
    decided_at = Timestamptz(null=True, default=None)
    decision_reason = Text()  # why it was rejected, in the words of who did
    paper = Integer(null=True, default=None)  # stored file with the signatures, where it was confirmed on paper


TABLES: list[type[Table]] = [TwoPersonAct]
