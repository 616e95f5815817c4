"""Servers on this machine that take messages, so that sending is tried for real: mail, and whatever speaks HTTP."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from aiosmtpd.smtp import SMTP, Envelope


@dataclass
class MailServer:
    """Keeps what it took; answers with `answers` first, one a message, then with "250 OK"."""

    url: str = ""
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.taken.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        self.recipients += envelope.rcpt_tos
        return "250 OK"


@asynccontextmanager
async def mail_server(port: int = 0) -> AsyncIterator[MailServer]:
    """A mail server on a free port of 127.0.0.1, or on this one."""
    keeper = MailServer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(keeper, loop=loop, hostname="localhost"), "127.0.0.1", port)
    keeper.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield keeper
    finally:
        server.close()


@dataclass
class Asked:
    """One request as it came."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass
class HttpServer:
    """Keeps what it was asked; `answer(request)` gives status and body. None: it never answers."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answer: Callable[[Asked], tuple[int, str] | None] = lambda asked: (200, '{"errcode":0,"errmsg":"ok"}')


@asynccontextmanager
async def http_server() -> AsyncIterator[HttpServer]:
    """A server for POSTs on a free port of 127.0.0.1."""
    keeper = HttpServer()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line, *headers = (await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
            named = {name.lower(): value for name, _, value in (header.partition(": ") for header in headers)}
            body = json.loads(await reader.readexactly(int(named["content-length"])))
            parts = urlsplit(line.split(" ")[1])
            asked = Asked(parts.path, dict(parse_qsl(parts.query)), named, body)
            keeper.asked.append(asked)
            given = keeper.answer(asked)
            if given is None:
                await reader.read()  # until the other side hangs up
            else:
                content = given[1].encode()
                head = f"HTTP/1.1 {given[0]} X\r\ncontent-length: {len(content)}\r\nconnection: close\r\n\r\n"
                writer.write(head.encode() + content)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # hung up before asking
        finally:
            writer.close()

    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    keeper.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield keeper
    finally:
        server.close()
