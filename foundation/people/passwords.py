"""Password hashing, always off the event loop. Knows argon2 and nothing of accounts."""

import functools

import anyio
import argon2

from foundation.base.problem import Problem

LEAST = 10
MOST = 200

_hasher = argon2.PasswordHasher()


@functools.cache
def _lane() -> anyio.CapacityLimiter:
    """One hash at a time: each takes 64 MiB and a core, and a venue signs in all at once."""
    return anyio.CapacityLimiter(1)


async def hash_password(password: str) -> str:
    """The argon2id hash to store."""
    return await anyio.to_thread.run_sync(_hasher.hash, password, limiter=_lane())


async def matches(password: str, stored: str) -> bool:
    """Whether the password is the stored one. An empty `stored` costs the same time and never matches."""
    return await anyio.to_thread.run_sync(_matches, password, stored, limiter=_lane())


def _matches(password: str, stored: str) -> bool:
    try:
        return _hasher.verify(stored or _nobody(), password) and bool(stored)
    except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
        return False


@functools.cache
def _nobody() -> str:
    """A hash for accounts that do not exist, so that the answer takes as long for them."""
    return _hasher.hash("nobody")


def problems_with(password: str, sign_in: str, field: str = "password") -> list[Problem]:
    """What is wrong with a new password; length alone, as NIST 800-63B advises, and not the account itself."""
    if len(password) < LEAST:
        return [Problem("password_short", field, {"least": str(LEAST)})]
    if len(password) > MOST:
        return [Problem("password_long", field, {"most": str(MOST)})]
    if password.casefold() == sign_in.casefold():
        return [Problem("password_is_name", field)]
    return []
