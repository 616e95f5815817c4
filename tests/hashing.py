"""Quick hashes of passwords for the tests of everything else: a real one takes a quarter of a second of one core.

What was hashed slowly is still understood. tests/foundation/people/test_passwords.py tries the registry's own hasher.
"""

import argon2

from foundation.people import passwords

OWN = passwords._hasher


def quicken() -> None:
    """From now on this process hashes quickly."""
    passwords._hasher = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
