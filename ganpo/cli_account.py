"""`ganpo account create`: the first officer, from the machine itself. Prints an activation code once."""

import argparse
import asyncio
from datetime import UTC, datetime

from foundation.base import secrets
from foundation.base.problem import Refused
from foundation.people import accounts
from foundation.people.grants import Role
from foundation.store import engines, migrations
from ganpo.cli_told import refused


def account(argv: list[str]) -> int:
    """Answers 0 when the account was made, 2 with a sentence for each problem otherwise."""
    parser = argparse.ArgumentParser(prog="ganpo account", description="Accounts, from the machine itself.")
    commands = parser.add_subparsers(dest="command", required=True)
    create = commands.add_parser("create", help="create an account and print its activation code")
    create.add_argument("sign_in", help="what is typed at the door")
    create.add_argument("--name", required=True, help="the person's name")
    create.add_argument("--role", action="append", default=[], choices=[role.value for role in Role])
    create.add_argument(
        "--organisation", type=int, default=accounts.ROOT_ID, help="id of its union (1, the federation)"
    )
    create.add_argument("--phone", default="", help="a phone number that signs in as well; kept encrypted")
    options = parser.parse_args(argv)
    try:
        code = asyncio.run(_create(options))
    except Refused as refusal:
        return refused(refusal)
    print(f"Account {accounts.folded(options.sign_in)} was made. Activation code, shown this once:\n")
    print(f"    {secrets.grouped(code)}\n\nChoose a password with it at /activate.")
    return 0


async def _create(options: argparse.Namespace) -> str:
    engine = engines.current()
    await engine.start()
    try:
        await migrations.migrate(engine)
        _, code = await accounts.create_account(
            options.sign_in,
            options.name,
            options.role,
            "cli",
            datetime.now(UTC),
            organisation_id=options.organisation,
            phone=options.phone,
        )
    finally:
        await engine.stop()
    return code
