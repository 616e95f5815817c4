"""The registry as it is served, with one more address at which a picture is made: for benchmarks/pictures.py.

python -m benchmarks._pictures PORT
"""

import asyncio
import resource
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from litestar import Request, post

from foundation.files import pictures
from foundation.web.registry import Registry
from ganpo.app import create_app


@post("/made", public=True)
async def made(request: Request[Any, Any, Any]) -> dict[str, float]:
    """Keep the picture that lies at the path in the body; answers the seconds it took, and those of a processor."""
    content = await asyncio.to_thread(Path((await request.body()).decode()).read_bytes)
    started, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    await pictures.keep_picture("portrait.jpg", content, "a portrait", 1, datetime.now(UTC))
    now = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    return {"seconds": time.perf_counter() - started, "cpu": cpu}


def create() -> Registry:
    app = create_app()
    app.register(made)
    return app


if __name__ == "__main__":
    Granian(
        "benchmarks._pictures:create",
        factory=True,
        address="127.0.0.1",
        port=int(sys.argv[1]),
        interface=Interfaces.ASGI,
        workers=1,
        loop=Loops.auto,
        http=HTTPModes.http1,
        websockets=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
        backpressure=2048,
    ).serve()
