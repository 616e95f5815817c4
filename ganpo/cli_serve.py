"""`ganpo serve`: bring the database up to date, make the demo where asked, and serve.

Everything that can be wrong with the machine (a taken port, a folder that cannot be written, a database that does
not answer) is told in one sentence before the server starts.
"""

import argparse
import asyncio
import json
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path

from foundation.base.problem import Refused
from foundation.base.settings import Settings

SIGN_INS = "demo-sign-ins.json"


class Cannot(Exception):  # noqa: N818 - told to the person as it stands
    """Why serving is not possible, as a sentence."""


def serve(argv: list[str]) -> int:
    """Serve until stopped. Answers 0 after a clean stop, 2 where serving is not possible."""
    parser = argparse.ArgumentParser(prog="ganpo serve", description="Serve the registry.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    parser.add_argument("--workers", type=int, default=1, help="processes that serve (1)")
    parser.add_argument("--demo", action="store_true", help="fill an empty database with a made-up province")
    options = parser.parse_args(argv)
    settings = Settings.from_env()
    try:
        check_port(options.host, options.port)
        check_home(settings.home)
        asyncio.run(prepare(settings, demo=options.demo, tell=_tell))
    except Cannot as reason:
        print(f"ganpo: {reason}", file=sys.stderr)
        return 2
    except Refused as refusal:
        from ganpo.cli_told import refused  # noqa: PLC0415 - only where something is refused

        return refused(refusal)
    announce(settings, options.host, options.port)
    _run(options.host, options.port, options.workers, settings.log_level)
    return 0


def check_port(host: str, port: int) -> None:
    """Raise Cannot where nobody could listen."""
    if not 0 < port < 65536:
        raise Cannot(f"{port} is no port; choose one from 1 to 65535, for example: make run PORT=9000")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except PermissionError:
            raise Cannot(f"port {port} needs the rights of an administrator; choose one above 1023") from None
        except OSError:
            raise Cannot(
                f"port {port} on {host} is taken by another program; choose another: make run PORT={port + 1000}"
            ) from None


def check_home(home: Path) -> None:
    """Raise Cannot where data could not be kept."""
    try:
        home.mkdir(parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Cannot(
            f"the data folder {home} cannot be written ({error.strerror}); set GANPO_HOME to a folder that can"
        ) from None


async def prepare(settings: Settings, *, demo: bool, tell: Callable[[str], None]) -> None:
    """Bring the database up to date, and make the demo in an empty one where asked. Raises Refused."""
    from foundation.store import commit, engines, ledger, migrations  # noqa: PLC0415 - only for this command

    engine = engines.current()
    await engine.start()
    try:
        if await migrations.pending(engine):
            tell("Preparing the database …")
            await migrations.migrate(engine)
        if demo and (await ledger.head("demo")).seq == 0:
            from ganpo.demo.province import make_demo  # noqa: PLC0415

            started = time.monotonic()
            tell("Making the demonstration province (half a minute) …")
            group = commit.GroupCommit(engine)
            await group.start()
            try:
                signs = await make_demo(settings, tell)
            finally:
                await group.stop()
            (settings.home / SIGN_INS).write_text(signs.to_json(), encoding="utf-8")
            tell(f"Made in {time.monotonic() - started:.0f} seconds.")
    finally:
        await engine.stop()


def announce(settings: Settings, host: str, port: int) -> None:
    """Print the address and, in the demonstration, how to sign in as each role."""
    shown = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    lines = [f"Ganpo serves {shown}   (English: {shown}/en/)", f"Data: {settings.home}   Stop: Ctrl-C"]
    file = settings.home / SIGN_INS
    if file.exists():
        signs = json.loads(file.read_text(encoding="utf-8"))
        lines.append("演示数据,纯属虚构 / Demonstration data. Sign in at " + shown + "/sign-in:")
        width = max(len(row["role"]) for row in signs["accounts"])
        lines += [
            f"  {row['role']:<{width}}  {row['sign_in']:<14} {row['password']}   {shown}{row['address']}"
            for row in signs["accounts"]
        ]
        lines.append(f"  a contestant's personal code: {signs['code']}   {shown}/score")
    print("\n".join(lines), flush=True)


def _tell(text: str) -> None:
    print(text, flush=True)


def _run(host: str, port: int, workers: int, log_level: str) -> None:
    from granian import Granian  # noqa: PLC0415 - only for this command
    from granian.constants import HTTPModes, Interfaces, Loops  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    Granian(
        "ganpo.app:create_app",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        loop=Loops.auto,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.debug if log_level == "debug" else LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        backpressure=2048,
    ).serve()
