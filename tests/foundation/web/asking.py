"""Asking an ASGI application directly: what comes back byte for byte, packed bodies left packed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answer:
    """One answer; `headers` by name, `every` as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    every: list[tuple[str, str]] = field(default_factory=list)


async def ask(app: Any, address: str, method: str = "GET", scheme: str = "http", **headers: str) -> Answer:
    """Ask for an address (path?query); `accept_encoding="br"` becomes the header accept-encoding."""
    path, _, query = address.partition("?")
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": scheme,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"ganpo.test"), *given],
        "client": ("127.0.0.1", 5000),
        "server": ("ganpo.test", 80),
        "state": {},
    }
    sent: list[Any] = []

    async def receive() -> Any:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    await app(scope, receive, send)
    every = [(name.decode(), value.decode()) for name, value in sent[0]["headers"]]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return Answer(sent[0]["status"], dict(every), body, every)
