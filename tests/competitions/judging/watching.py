"""What a page asked the database, what a browser would send back from it, and a judge who fills in a sheet."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

import httpx

from competitions.tables import Mark
from tests.competitions.judging.here import Here
from tests.web import Visitor

_BY_ITSELF = {"outbox", "jobs", "watching generations", "listening"}  # tasks of the application


def _asked() -> bool:
    """Whether somebody asked for this, rather than the application having looked by itself."""
    task = asyncio.current_task()
    return task is None or task.get_name() not in _BY_ITSELF


@contextmanager
def statements(engine: Any) -> Iterator[list[str]]:
    """Every SQL statement that runs on the engine meanwhile, in transactions and outside; the real ones run.

    What the application looks for by itself every few seconds belongs to nobody's page and is left out.
    """
    seen: list[str] = []
    run, lease = engine._run, engine.lease

    async def watched_run(sql: str, args: Sequence[Any]) -> Any:
        if engine.current_transaction.get() is None and _asked():  # else it is seen where the transaction runs it
            seen.append(sql)
        return await run(sql, args)

    async def watched_lease(*, read_only: bool) -> Any:
        held = await lease(read_only=read_only)
        return _Watched(held, seen) if _asked() else held

    engine._run, engine.lease = watched_run, watched_lease
    try:
        yield seen
    finally:
        engine._run, engine.lease = run, lease


class _Watched:
    def __init__(self, lease: Any, seen: list[str]) -> None:
        self.lease, self.seen = lease, seen

    async def fetch(self, sql: str, args: Sequence[Any]) -> Any:
        self.seen.append(sql)
        return await self.lease.fetch(sql, args)

    async def run_many(self, sql: str, rows: Sequence[Sequence[Any]]) -> None:
        self.seen.append(sql)
        await self.lease.run_many(sql, rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lease, name)


class _Fields(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str | list[str]] = {}
        self.closed: list[bool] = []  # of the fieldsets that are open: whether each is disabled

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "fieldset":
            self.closed.append("disabled" in given)
        if tag != "input" or name is None or name == "csrf_token" or "disabled" in given or any(self.closed):
            return
        if given.get("type") in ("checkbox", "radio") and "checked" not in given:
            return
        value = given.get("value") or ""
        before = self.fields.get(name)
        self.fields[name] = value if before is None else [*([before] if isinstance(before, str) else before), value]

    def handle_endtag(self, tag: str) -> None:
        if tag == "fieldset":
            self.closed.pop()


def fields_of(html: str) -> dict[str, str | list[str]]:
    """The fields of a page's forms as they stand; the session's token is left to the visitor."""
    parser = _Fields()
    parser.feed(html)
    return parser.fields


def sheet(here: Here, work: str = "01") -> str:
    return f"/judge/contests/{here.contest.address}/works/{work}"


async def save(judge: Visitor, address: str, *opened: httpx.Response, **typed: str) -> httpx.Response:
    """Open the sheet (or take an opened one), type, and save. `P1="2"` types into `mark-P1`."""
    page = opened[0] if opened else await judge.get(address)
    return await judge.post(
        address, {**fields_of(page.text), **{name.replace("_", "-"): text for name, text in typed.items()}}
    )


async def stored() -> list[tuple[str, int, str]]:
    return [(row["aspect"], row["revision"], row["value"]) for row in await Mark.select().order_by(Mark.id)]
