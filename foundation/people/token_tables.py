"""Tokens by which an organisation's own systems read and write here, and what they were answered. Columns only."""

from piccolo.columns import Date, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from foundation.people.tables import Account


class ApiToken(Table, tablename="api_token"):
    """A token of one organisation; the token itself is only with whoever was shown it."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    # In whose name it acts: an account with the token's name that nobody can sign in with.
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)  # unique
    name = Varchar(length=60)  # which system uses it
    scopes = Text()  # foundation.people.scopes, with spaces between
    token_hash = Varchar(length=64)  # sha256 of its 256 random bits; unique
    ending = Varchar(length=4)  # its last letters, to tell one from another
    made_by = Integer()  # account
    made_at = Timestamptz()
    expires_at = Timestamptz()
    last_used_on = Date(null=True, default=None)  # the day in UTC; null: never
    revoked_by = Integer(null=True, default=None)  # account; null although revoked: its organisation was merged away
    revoked_at = Timestamptz(null=True, default=None)


class ApiAnswer(Table, tablename="api_answer"):
    """What a token was answered to a write, so that the same one sent again is done once. Kept for a day."""

    id: Serial
    token = ForeignKey(references=ApiToken, on_delete=OnDelete.cascade, null=False)
    key_hash = Varchar(length=64)  # sha256 of the Idempotency-Key; unique for a token
    asked_hash = Varchar(length=64)  # sha256 of address and body
    status = SmallInt()
    body = Text()
    at = Timestamptz()


TABLES: list[type[Table]] = [ApiToken, ApiAnswer]
