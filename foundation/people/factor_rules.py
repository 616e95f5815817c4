"""Which roles ask for a second factor: the only writer of `FactorRule`. Knows no account."""

from collections.abc import Collection

from foundation.base.problem import Problem, Refused
from foundation.people.factor_tables import FactorRule
from foundation.people.grants import Role
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction

STREAM = "factor_rules"


async def asking() -> frozenset[Role]:
    """The roles whose holders sign in with a second factor."""
    rows = await FactorRule.select(FactorRule.role).where(FactorRule.required == True)  # noqa: E712 - a column
    named = {row["role"] for row in rows}
    return frozenset(role for role in Role if role.value in named)


async def asked_of(roles: Collection[str]) -> bool:
    """Whether one of these roles asks for a second factor."""
    if not roles:
        return False
    found: bool = await FactorRule.exists().where(
        FactorRule.required == True,  # noqa: E712 - a column, not a truth
        FactorRule.role.is_in(sorted(roles)),
    )
    return found


@tried_again
async def ask_of(roles: Collection[str], by: str) -> None:
    """From now on exactly these roles ask for one; who has none yet enrols at the next sign-in. Raises Refused."""
    if unknown := sorted(set(roles) - set(Role)):
        raise Refused(*(Problem("role_unknown", "roles", {"role": role[:32]}) for role in unknown))
    async with transaction():
        before = {row["role"]: row["required"] for row in await FactorRule.select()}
        for role in sorted(Role):
            required = role.value in roles
            if before.get(role.value, False) == required:
                continue
            await FactorRule.insert(FactorRule(role=role.value, required=required)).on_conflict(
                target=FactorRule.role, action="DO UPDATE", values=[FactorRule.required]
            )
            payload = {"role": role.value, "required": required}
            ledger.record(stream=STREAM, act="factor_rule.set", actor=by, payload=payload)
