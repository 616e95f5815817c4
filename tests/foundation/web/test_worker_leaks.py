"""What may never come out: ID numbers and telephones in tables, files, the ledger or logs; rows of other units."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from foundation.people import own, workers
from foundation.people.worker_tables import Worker
from foundation.store.engines import Engine
from tests.foundation.people.workers_made_up import PHONE, YANQIU, make, units
from tests.foundation.web.test_worker_pages import somebody
from tests.web import visitors

SECRETS = (YANQIU, YANQIU.lower(), PHONE, YANQIU[:17], PHONE[3:])


async def everything(database: Engine) -> str:
    """Every value of every table, as text."""
    kind = database.engine_type
    names = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'text_index'"  # its rows are in other tables
        if kind == "sqlite"
        else "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema()"
    )
    tables = [row["name"] for row in await database.run_ddl(names)]
    assert {"worker", "worker_reveal", "ledger_entry"} <= set(tables)
    rows = [row for table in tables for row in await database.run_ddl(f'SELECT * FROM "{table}"')]  # noqa: S608
    return "\n".join(str(value) for row in rows for value in dict(row).values())


def statements(database: Engine, seen: list[str]) -> Any:
    """Note the SQL of every query that the engine runs."""
    original = database.run_querystring

    async def noted(querystring: Any, *more: Any, **named: Any) -> Any:
        seen.append(str(querystring))
        return await original(querystring, *more, **named)

    return noted


async def used(database: Engine, capfd: Any) -> str:
    """Everything a worker's data goes through; answers what was logged and printed meanwhile."""
    _, kiln, _ = await units()
    async with visitors(database) as web:
        clerk = await somebody(web, "clerk", kiln, "clerk")
        form = {"name": "冯砚秋", "unit": "云窑艺术瓷厂工会", "id_number": YANQIU, "phone": PHONE}
        assert (await clerk.post("/workers", form)).status_code == 303
        assert (await clerk.post("/workers", {**form, "name": ""})).status_code == 422
        for typed in (YANQIU, PHONE):
            assert (await clerk.post("/workers/search", {"search": typed})).status_code == 303
        for field in ("id_number", "phone"):
            assert (await clerk.post("/workers/1/reveal", {"field": field, "reason": "核对"})).status_code == 200
        changed = await clerk.post("/workers/1/facts", {**form, "id_number": "", "revision": "1", "title": "技师"})
        assert changed.status_code == 303
        code = await own.issue_code(1, "account:7", datetime.now(UTC))
        worker = web.visitor()
        assert (await worker.post("/mine", {"phone": PHONE, "code": "x"})).status_code == 422
        assert (await worker.post("/mine", {"phone": PHONE, "code": code})).status_code == 303
        await worker.get("/mine")
        await workers.forget_phone(1, "account:7", datetime.now(UTC))
        await clerk.post("/workers/1/facts", {**form, "revision": "3"})
    return "".join(capfd.readouterr())


async def test_no_table_and_no_log_line_holds_an_id_number_or_a_telephone(database, capfd):
    logged = await used(database, capfd)
    kept = await everything(database)
    assert "冯砚秋" in kept
    assert "/workers/{worker_id}" in logged
    for secret in SECRETS:
        assert secret not in kept
        assert secret not in logged
    assert "冯砚秋" not in logged


async def test_no_file_of_the_database_holds_one(database, capfd):
    await used(database, capfd)
    if database.engine_type != "sqlite":
        return  # its rows are searched above; its files belong to another account of the machine
    path = Path(database.url.removeprefix("sqlite:///"))
    files = [file for file in path.parent.iterdir() if file.name.startswith(path.name)]
    content = b"".join(file.read_bytes() for file in files)
    assert "冯砚秋".encode() in content
    for secret in SECRETS:
        assert secret.encode() not in content
        assert secret.encode("utf-16-le") not in content


async def test_the_ledger_holds_ids_codes_and_digests_only(database, capfd):
    await used(database, capfd)
    rows = await database.run_ddl("SELECT act, payload FROM ledger_entry WHERE stream LIKE 'worker:%'")
    told = {row["act"]: sorted(json.loads(row["payload"])) for row in rows}
    assert told == {
        "worker.created": ["unit"],
        "worker.changed": ["fields"],
        "worker.revealed": ["field", "look", "reason"],
        "worker.code_issued": [],
        "worker.page_opened": [],
        "worker.phone_forgotten": [],
    }
    text = "".join(row["payload"] for row in rows)
    for private in ("冯砚秋", "核对", "技师", "1978"):
        assert private not in text


async def test_for_a_clerk_of_another_unit_no_query_selects_the_row(database, monkeypatch):
    _, kiln, other = await units()
    await make(kiln, id_number=YANQIU, phone=PHONE)
    async with visitors(database) as web:
        clerk = await somebody(web, "clerk", other, "clerk")
        seen: list[str] = []
        monkeypatch.setattr(database, "run_querystring", statements(database, seen))
        for path in ("/workers", "/workers/1", "/workers/1/facts", "/workers?q=fyq"):
            answer = await clerk.get(path)
            assert "冯砚秋" not in answer.text
        for path in ("reveal", "code", "phone", "facts"):
            data = {"field": "phone", "reason": "x", "name": "x", "unit": "素坯里陶瓷有限公司工会", "revision": "1"}
            assert (await clerk.post(f"/workers/1/{path}", data)).status_code == 404
        monkeypatch.undo()
        selecting = [sql for sql in seen if 'FROM "worker"' in sql or "FROM worker " in sql]
        assert len(selecting) >= 8
        assert all("path" in sql.partition("WHERE")[2] for sql in selecting)
    assert (await Worker.select(Worker.revision).where(Worker.id == 1).first()) == {"revision": 1}
