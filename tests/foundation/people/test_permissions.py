"""Permissions: predicates over rows, joined by | and &, told in words, and narrowing queries in both databases."""

from datetime import UTC, datetime

from foundation.people import organisations, permissions
from foundation.people.grants import Role
from foundation.people.organisation_tables import Organisation
from foundation.people.organisations import Draft, Kind
from foundation.people.permissions import EVERYTHING, Permission, Predicate, at_root, holder, permitted
from foundation.people.sessions import Hat, SignedIn

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)

OFFICERS = holder(Role.OFFICER, "officers", Organisation.path)
BY_ID = Predicate("number three", frozenset(), lambda user: Organisation.id == 3)
NEVER = Predicate("nobody", frozenset(), lambda user: None)
ALWAYS = Predicate("everybody", frozenset(), lambda user: EVERYTHING)


def user(path: str | None, *roles: str) -> SignedIn:
    hat = Hat(1, "", path, frozenset(roles)) if path else None
    return SignedIn(7, "", "", 1, hat, (hat,) if hat else ())


def may(held_by: Predicate) -> Permission:
    return Permission("look", "look", held_by)


async def tree() -> None:
    """1 > 2 > 3, and 4 beside 2."""
    await organisations.create(1, Draft("市", Kind.CITY), "cli", NOW)
    await organisations.create(2, Draft("县", Kind.COUNTY), "cli", NOW)
    await organisations.create(1, Draft("另一市", Kind.CITY), "cli", NOW)


async def ids(held_by: Predicate, who: SignedIn) -> list[int]:
    query = Organisation.select(Organisation.id).order_by(Organisation.id)
    return [row["id"] for row in await permitted(query, may(held_by), who)]


async def test_a_holder_reaches_the_subtree_of_the_hat_and_nothing_else(database):
    await tree()
    assert await ids(OFFICERS, user("1.", "officer")) == [1, 2, 3, 4]
    assert await ids(OFFICERS, user("1.2.", "officer")) == [2, 3]
    assert await ids(OFFICERS, user("1.4.", "officer", "clerk")) == [4]
    assert await ids(OFFICERS, user("1.", "clerk")) == []
    assert await ids(OFFICERS, user(None)) == []
    assert await ids(holder((Role.CLERK, Role.SIGNER), "both", Organisation.path), user("1.4.", "signer")) == [4]
    assert await ids(at_root(Role.OFFICER, "root"), user("1.2.", "officer")) == []
    assert await ids(at_root(Role.OFFICER, "root"), user("1.", "officer")) == [1, 2, 3, 4]


async def test_predicates_are_joined_by_either_and_both(database):
    await tree()
    here, none = user("1.4.", "officer"), user(None)
    assert await ids(OFFICERS | BY_ID, here) == [3, 4]
    assert await ids(OFFICERS | BY_ID, none) == [3]
    assert await ids(OFFICERS & BY_ID, here) == []
    assert await ids(OFFICERS & BY_ID, user("1.2.", "officer")) == [3]
    assert await ids(OFFICERS & BY_ID, none) == []
    assert await ids(OFFICERS | ALWAYS, none) == [1, 2, 3, 4]
    assert await ids(OFFICERS & ALWAYS, here) == await ids(ALWAYS & OFFICERS, here) == [4]
    assert await ids(NEVER | BY_ID, none) == await ids(BY_ID | NEVER, none) == [3]
    assert await ids(NEVER & ALWAYS, none) == await ids(NEVER, none) == []
    assert await ids((OFFICERS & BY_ID) | OFFICERS, here) == [4]


async def test_a_permission_is_possible_where_some_row_may_be_reached():
    none, officer = user(None), user("1.4.", "officer")
    cases = {
        "officers": (OFFICERS, False, True),
        "a relation": (BY_ID, True, True),
        "nobody": (NEVER, False, False),
        "officers or nobody": (OFFICERS | NEVER, False, True),
        "officers and by relation": (OFFICERS & BY_ID, False, True),
        "the root's officers": (at_root(Role.OFFICER, "root"), False, False),
    }
    for name, (held_by, by_none, by_officer) in cases.items():
        assert (may(held_by).possible(none), may(held_by).possible(officer)) == (by_none, by_officer), name


async def test_whether_one_row_is_allowed_is_asked_of_the_database(database):
    await tree()
    here = user("1.2.", "officer")
    assert await may(OFFICERS).allows(here, Organisation.id == 3)
    assert not await may(OFFICERS).allows(here, Organisation.id == 4)
    assert not await may(OFFICERS).allows(here, (Organisation.id == 4) | (Organisation.id == 99))
    assert not await may(NEVER).allows(here, Organisation.id == 3)
    assert await may(OFFICERS).allows(here)
    assert not await may(OFFICERS).allows(user(None))


def test_what_was_joined_is_told_as_alternatives_of_parts():
    assert OFFICERS.said == (("officers",),)
    assert (OFFICERS | BY_ID).said == (("officers",), ("number three",))
    assert (OFFICERS & BY_ID).said == (("officers", "number three"),)
    assert ((OFFICERS | ALWAYS) & BY_ID).said == (("officers", "number three"), ("everybody", "number three"))


def test_the_areas_of_the_page_are_collected_once_each():
    before = permissions.all_permissions()
    try:
        permissions.collect("Test", [may(NEVER)])
        permissions.collect("Test", [may(OFFICERS)])
        assert permissions.all_permissions() == (*before, permissions.Area("Test", (may(OFFICERS),)))
    finally:
        permissions._areas.pop("Test")
