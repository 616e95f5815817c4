"""What is described is what is answered: Schemathesis asks every operation of the OpenAPI document on the made-up
province, with good values and bad ones, with a token and without. The same questions each time; a fault is no answer.
"""

from collections import Counter
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count

import httpx
import pytest
import requests
import schemathesis
from anyio.from_thread import BlockingPortal, start_blocking_portal
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error, response_headers_conformance
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from foundation.people import accounts, api_tokens
from foundation.people.organisation_tables import Organisation
from foundation.people.scopes import all_scopes
from foundation.store import ledger_verify
from foundation.web.api.limits import Limits
from tests.conftest import opened
from tests.web import HERE, visitors

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
UNIT = "云窑艺术瓷厂"
MODES = {GenerationMode.POSITIVE: 12, GenerationMode.NEGATIVE: 6}  # and how many questions to each operation
QUIETLY = [HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large]


@contextmanager
def asked(portal: BlockingPortal, url: str):
    """The application on a database, in the loop of the portal; yields it and a token of a unit."""
    with (
        portal.wrap_async_context_manager(opened(url)),
        portal.wrap_async_context_manager(visitors()) as web,
    ):
        minutes = count(step=60)
        web.app.limits = Limits(lambda: float(next(minutes)))  # a minute for each question: here nobody waits
        yield web, portal.call(_token)


async def _listed(client: httpx.AsyncClient, token: str, described) -> dict[str, list[str | int]]:
    """What the lists say, by their address: the numbers and addresses that what is below them takes."""
    found: dict[str, list[str | int]] = {}
    for path in described["paths"]:
        above, _, name = path.partition("/{")
        if not name or above in found:
            continue
        answer = (await client.get(above, headers={"authorization": f"Bearer {token}"})).json()
        rows = next(value for value in answer.values() if isinstance(value, list))[:9]
        pages = [row["page"] for row in rows if row["page"]]
        found[above] = [row["id"] for row in rows] if name.startswith("number") else [p.split("/")[-1] for p in pages]
    return found


def _tell_what_there_is(described, listed: dict[str, list[str | int]]) -> None:
    """Chance alone would never hit a row: parameters take what there is, and something that is not."""
    for path, methods in described["paths"].items():
        values = listed.get(path.partition("/{")[0], [])
        for operation in methods.values():
            for parameter in operation["parameters"]:
                if parameter["in"] == "path":
                    parameter["schema"]["enum"] = [*values, 999_999 if parameter["name"] == "number" else "nothing"]
                elif parameter["name"] == "before":
                    parameter["schema"]["enum"] = ["7", "2025-7", "1762000000000000-7", "nothing"]


async def _token() -> str:
    unit = await Organisation.select(Organisation.id).where(Organisation.name.like(f"%{UNIT}%")).first()
    officer = await accounts.find("guanli")
    assert unit is not None
    assert officer is not None
    scopes = [scope.code for scope in all_scopes()]
    _, token = await api_tokens.make("接口测试", scopes, 30, unit["id"], officer.id, datetime.now(UTC))
    return token


@pytest.mark.timeout(300)
def test_every_operation_answers_as_it_is_described(made_up, monkeypatch):
    monkeypatch.setenv("GANPO_HOME", str(made_up.home))
    statuses = Counter[tuple[str, int]]()
    with start_blocking_portal() as portal, asked(portal, made_up.url) as (web, token):
        client = web.visitor().client
        described = portal.call(client.get, "/api/openapi.json").json()
        _tell_what_there_is(described, portal.call(_listed, client, token, described))
        schema = schemathesis.openapi.from_dict({**described, "servers": [{"url": HERE}]})
        operations = [found.ok() for found in schema.get_all_operations()]

        def check(case, sent: str) -> None:
            headers = {"authorization": f"Bearer {sent}"} if sent else {}
            answer = _send(portal, client, case, headers)
            statuses[case.operation.label, answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)

        for operation in operations:
            said = described["paths"][operation.path][operation.method]
            for mode, examples in MODES.items():
                if mode is GenerationMode.NEGATIVE and not said["parameters"] and "requestBody" not in said:
                    continue  # nothing can be wrong with it
                for sent in (token, "") if mode is GenerationMode.POSITIVE else (token,):
                    _ask(operation, mode, examples if sent else 1, lambda case, sent=sent: check(case, sent))
        assert portal.call(ledger_verify.verify) == []
    labels = {label for label, _ in statuses}
    assert len(labels) == len(operations) > 15
    assert statuses["POST /api/proposals", 201] > 3
    for label in labels:  # every operation was reached, and its rules were asked
        assert any(statuses[label, status] for status in (200, 201, 409, 422)), label


def _ask(operation, mode: GenerationMode, examples: int, check) -> None:
    @settings(max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=QUIETLY)
    @given(case=operation.as_strategy(generation_mode=mode))
    def question(case):
        check(case)

    question()


def _send(portal: BlockingPortal, client: httpx.AsyncClient, case, headers: dict[str, str]) -> httpx.Response:
    """As it would go over the wire: requests prepares it, the application gets the same bytes."""
    made = requests.Request(**case.as_transport_kwargs(base_url=HERE, headers=headers)).prepare()
    body = made.body if made.body is not None else b""
    content = body.encode("utf-8", "replace") if isinstance(body, str) else body
    kept = {name: value for name, value in made.headers.items() if name.lower() != "content-length"}
    return portal.call(lambda: client.request(made.method, made.url, headers=kept, content=content))
