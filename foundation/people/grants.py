"""The roles an account may hold over the whole registry; what a judge may do is a seat in a contest instead."""

from enum import StrEnum


class Role(StrEnum):
    """A role by grant."""

    OFFICER = "officer"  # runs the registry: accounts, and every competition
    ORGANISER = "organiser"  # creates competitions and runs those they are named in
