"""Accounts, what they may do, and their open sessions. Columns and their meaning only."""

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation


class Account(Table, tablename="account"):
    """A person who can sign in."""

    id: Serial
    sign_in = Varchar(length=64)  # what is typed at the door: folded, unique
    name = Varchar(length=64)  # how the person is addressed on pages
    password_hash = Varchar(length=256)  # argon2id; empty until the account is activated
    activation_hash = Varchar(length=64)  # sha256 of the code handed out on paper; empty once used
    active = Boolean(default=True)
    created_at = Timestamptz()
    phone_hash = Varchar(length=64)  # keyed hash of the phone number, unique; empty where none is kept
    phone_sealed = Varchar(length=255)  # the number itself, encrypted
    organisation: ForeignKey[Organisation] = ForeignKey(
        references=Organisation, on_delete=OnDelete.restrict, null=True, default=None
    )  # the union that looks after the account, posts or not; never null in fact, as SQLite cannot say later


class Grant(Table, tablename="account_grant"):
    """A post: one role that an account holds, for an organisation and all below it. Ended ones stay."""

    id: Serial
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    role = Varchar(length=32)  # foundation.people.grants.Role
    granted_at = Timestamptz()
    organisation: ForeignKey[Organisation] = ForeignKey(
        references=Organisation, on_delete=OnDelete.restrict, null=True, default=None
    )  # never null in fact
    ended_at = Timestamptz(null=True, default=None)  # null while it is held


class Session(Table, tablename="session"):
    """One signed-in browser; the token itself is only in its cookie."""

    id: Serial
    token_hash = Varchar(length=64)  # sha256 of the cookie's 128 random bits
    csrf = Varchar(length=64)  # what every form of this session carries
    account = ForeignKey(references=Account, on_delete=OnDelete.cascade, null=False)
    started_at = Timestamptz()
    expires_at = Timestamptz()
    hat = Integer(null=True, default=None)  # the organisation whose hat is worn; null: the highest of the hats
    only = Varchar(length=120)  # of a judge's card: the one subject it is good for, contest:2026-1-03; else empty


class SignInFailure(Table, tablename="sign_in_failure"):
    """How often one account was tried in vain from one address, in the running window."""

    id: Serial
    key = Varchar(length=64)  # sha256 of the typed account and the address, so neither is kept
    failures = Integer(default=0)
    window_started_at = Timestamptz()


TABLES: list[type[Table]] = [Account, Grant, Session, SignInFailure]
