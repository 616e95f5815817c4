"""Passwords as the registry really hashes them; everywhere else in the tests hashing is quick (tests/hashing.py)."""

import argon2
import pytest

from foundation.people import passwords
from tests import hashing


@pytest.fixture(autouse=True)
def as_slow_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_hasher", hashing.OWN)


async def test_the_hash_is_argon2id_and_takes_as_much_as_is_recommended() -> None:
    stored = await passwords.hash_password("porcelain blue")
    told = argon2.extract_parameters(stored)
    assert (told.type, told.salt_len) == (argon2.Type.ID, 16)
    assert (told.time_cost, told.memory_cost) >= (3, 64 * 1024)  # RFC 9106, 4: the second recommended option
    assert await passwords.hash_password("porcelain blue") != stored


async def test_the_password_matches_its_hash_and_no_other() -> None:
    stored = await passwords.hash_password("porcelain blue")
    assert await passwords.matches("porcelain blue", stored)
    assert not await passwords.matches("porcelain Blue", stored)


@pytest.mark.parametrize("stored", ["", "x", "$argon2id$v=19$m=65536,t=3,p=4$broken"])
async def test_what_is_no_hash_matches_nothing(stored: str) -> None:
    assert not await passwords.matches("nobody", stored)
    assert not await passwords.matches("", stored)


async def test_a_hash_of_other_parameters_is_still_understood() -> None:
    """A registry whose recommendation was raised knows the passwords of before."""
    quick = argon2.PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1)
    assert await passwords.matches("porcelain blue", quick.hash("porcelain blue"))
