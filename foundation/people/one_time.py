"""One-time passwords as RFC 6238 has them: which 30-second step a code belongs to. Knows no table and no clock."""

import hmac
from datetime import datetime

import pyotp

STEP = 30  # seconds that a code is shown
SKEW = 1  # steps that a phone's clock may be ahead or behind
ISSUER = "Ganpo"
_DIGITS = 6


def new_secret() -> str:
    """160 random bits, as authenticators take them."""
    return pyotp.random_base32()


def is_one_time(typed: str) -> bool:
    """Whether this is of the form that a phone shows."""
    return len(typed) == _DIGITS and typed.isdecimal()


def step_of(secret: str, typed: str, now: datetime) -> int | None:
    """The step whose code was typed, of those that a clock somewhat wrong may show; None for any other code."""
    if not is_one_time(typed):
        return None
    here = int(now.timestamp()) // STEP
    totp = pyotp.TOTP(secret)
    shown = "".join(str(int(digit)) for digit in typed).encode()  # full-width digits are digits
    for step in range(here - SKEW, here + SKEW + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), shown):
            return step
    return None


def address_to_scan(secret: str, sign_in: str) -> str:
    """What the QR code holds: the `otpauth://` address that every authenticator reads."""
    return pyotp.TOTP(secret).provisioning_uri(name=sign_in, issuer_name=ISSUER)
