"""The yardstick: the same framework and server with nothing of ours, one handler that returns a fixed short text.

    python -m benchmarks._hello PORT

A bare Litestar application: no middleware, no log line, none of our headers. Granian has the options of `ganpo serve`.
"""

import sys

from granian import Granian
from granian.constants import HTTPModes, Interfaces, Loops
from granian.log import LogLevels
from litestar import Litestar, get
from litestar.enums import MediaType


@get("/", media_type=MediaType.TEXT)
async def hello() -> str:
    return "Hello, world!"


def create_app() -> Litestar:
    return Litestar([hello], openapi_config=None, logging_config=None)


if __name__ == "__main__":
    Granian(
        "benchmarks._hello:create_app",
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
