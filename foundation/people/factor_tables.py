"""Second factors and judges' venue cards: one-time passwords, recovery codes, sign-ins that wait for a code.

Columns and their meaning only. Every secret is sealed or hashed: a stolen copy of the database opens nothing.
"""

from piccolo.columns import Boolean, Date, ForeignKey, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.privacy import SEALED
from foundation.people.tables import Account, Session


class FactorRule(Table, tablename="factor_rule"):
    """Whether everyone who holds a role, at whatever organisation, signs in with a second factor."""

    id: Serial
    role = Varchar(length=32)  # foundation.people.grants.Role; a role without a row needs none
    required = Boolean(default=False)


class SecondFactor(Table, tablename="second_factor"):
    """The one-time passwords (RFC 6238) of one account."""

    id: Serial
    account = ForeignKey(references=Account, on_delete=OnDelete.cascade, null=False)
    secret = Text()  # sealed; empty until the first code was shown to be right
    next_secret = Text()  # sealed; the one being set up, of a first or of another phone
    enrolled_at = Timestamptz(null=True, default=None)  # when `secret` came into use
    last_step = Integer(default=0)  # the 30 s step of the newest code taken: it and all before it are used up
    failures = Integer(default=0)  # codes tried since window_started_at
    window_started_at = Timestamptz()


class RecoveryCode(Table, tablename="recovery_code"):
    """One code that stands in for the phone, once."""

    id: Serial
    account = ForeignKey(references=Account, on_delete=OnDelete.cascade, null=False)
    code_hash = Varchar(length=64)  # sha256 of 128 random bits
    used_at = Timestamptz(null=True, default=None)


class PendingSignIn(Table, tablename="pending_sign_in"):
    """The password was right and the second factor is still asked for. Not a session: it opens no page."""

    id: Serial
    token_hash = Varchar(length=64)  # sha256 of the 128 random bits that the page carries
    account = ForeignKey(references=Account, on_delete=OnDelete.cascade, null=False)
    expires_at = Timestamptz()


class VenueCard(Table, tablename="venue_card"):
    """A judge's card for one day: a QR code that opens the tablet's page, where the judge's own PIN is asked for."""

    id: Serial
    account = ForeignKey(references=Account, on_delete=OnDelete.restrict, null=False)
    subject = Varchar(length=120)  # what it is good for and nothing else, e.g. contest:2026-1-03
    opens = Varchar(length=200)  # the page behind the PIN
    valid_on = Date()  # in the registry's zone; not a day before, not a day after
    code_hash = Varchar(length=64)  # sha256 of the card's 128 random bits
    withdrawn_at = Timestamptz(null=True, default=None)
    issued_at = Timestamptz()


class VenuePin(Table, tablename="venue_pin"):
    """The PIN that a judge chose for all their cards. Whoever makes a card neither sees it nor can set it."""

    id: Serial
    account = ForeignKey(references=Account, on_delete=OnDelete.cascade, null=False)
    pin_sealed = Text()  # argon2id of the six digits, sealed: a copy of the database alone cannot be tried
    failures = Integer(default=0)  # wrong PINs since the last right one, whichever card they were tried with
    chosen_at = Timestamptz()


class VenueSession(Table, tablename="venue_session"):
    """A session that was opened by a card: it may do what the card is good for, and nothing else."""

    id: Serial
    session = ForeignKey(references=Session, on_delete=OnDelete.cascade, null=False)
    card = ForeignKey(references=VenueCard, on_delete=OnDelete.restrict, null=False)


TABLES: list[type[Table]] = [FactorRule, SecondFactor, RecoveryCode, PendingSignIn, VenueCard, VenuePin, VenueSession]

SEALED += [SecondFactor.secret, SecondFactor.next_secret, VenuePin.pin_sealed]
