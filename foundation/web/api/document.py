"""The description of all that programs can ask: OpenAPI 3.1, made from the handlers themselves.

Knows handlers below /api/ and what each says of itself (`endpoints.Endpoint`); one that says nothing is refused.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from foundation.base.problem import N_
from foundation.people.api_answers import KEY
from foundation.people.scopes import Scope
from foundation.web.api.endpoints import Endpoint
from foundation.web.api.problems import KIND, WORDS, ProblemAnswer

VERSION = "1.1.0"  # of what is described: a new field is a minor step, anything taken away a major one
TITLE = N_("Ganpo for programs")
NUMBERS: Mapping[str, Any] = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
IN_PATH: Mapping[str, str] = {
    "address": N_("The address, as the list says it."),
    "number": N_("The number (id), as the list says it."),
}
ITSELF = "/api/openapi.json"  # where all this stands, and the one address that it leaves out
KEY_SAYS = N_(
    "Chosen by you, anew for each act. Sent again with a retry, it is done once and answered as before, for 24 hours."
)
_PARAMETER = re.compile(r"\{(\w+):(\w+)\}")
_SCHEMAS = "#/components/schemas/{name}"

Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Operation:
    """One handler below /api/ as it is described. `scope` is what its token needs; None for what is public."""

    method: str
    path: str  # /api/proposals/{number}
    parameters: tuple[tuple[str, str], ...]  # name and kind (int, str) of those in the path
    endpoint: Endpoint
    scope: Scope | None

    @property
    def id(self) -> str:
        """Short and stable: get-proposals-number."""
        words = re.sub(r"[^a-z]+", "-", self.path.removeprefix("/api/")).strip("-")
        return f"{self.method}-{words}"

    @property
    def statuses(self) -> list[int]:
        """What can go wrong here, in the order of the numbers."""
        found = {404, 405, 410, 422, 429, 500, 503} if self.scope is None else {401, 403, 404, 405, 422, 429, 500, 503}
        if self.endpoint.body is not None:
            found |= {400, 409, 413, 415}
        return sorted(found)


def operations(app: Any) -> list[Operation]:
    """Every operation of the application, in the order of its addresses. Raises ValueError for one that is silent."""
    return sorted(_operations(app.routes), key=lambda one: (one.scope is not None, one.path, one.method))


def _operations(routes: Iterable[Any]) -> Iterator[Operation]:
    for route in routes:
        if not route.path.startswith("/api/") or route.path == ITSELF:
            continue
        for handler in getattr(route, "route_handlers", []):
            method = next(iter(handler.http_methods - {"OPTIONS", "HEAD"}), "")
            if not method:
                continue
            endpoint = handler.opt.get("api")
            if not isinstance(endpoint, Endpoint):
                raise ValueError(f"{method} {route.path} does not say what it is.")
            path, found = _PARAMETER.sub(r"{\1}", route.path), _PARAMETER.findall(route.path)
            yield Operation(method.lower(), path, tuple(found), endpoint, handler.opt.get("scope"))


def document(found: Iterable[Operation], say: Say, site: str) -> dict[str, Any]:
    """The whole description, its words through `say`."""
    listed = list(found)
    kinds = {one.endpoint.answer for one in listed} | {one.endpoint.body for one in listed} - {None} | {ProblemAnswer}
    ordered = sorted(kinds, key=lambda kind: str(kind.__name__))
    _, schemas = msgspec.json.schema_components(ordered, ref_template=_SCHEMAS)
    paths: dict[str, dict[str, Any]] = {}
    for one in listed:
        paths.setdefault(one.path, {})[one.method] = _operation(one, say)
    return {
        "openapi": "3.1.0",
        "info": {"title": say(TITLE), "version": VERSION},
        "servers": [{"url": site or "/"}],
        "tags": [{"name": say(group)} for group in dict.fromkeys(one.endpoint.group for one in listed)],
        "paths": paths,
        "components": {
            "schemas": {name: _without_words(schema) for name, schema in schemas.items()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(one: Operation, say: Say) -> dict[str, Any]:
    endpoint = one.endpoint
    parameters = [
        {
            "name": name, "in": "path", "required": True, "description": say(IN_PATH[name]),
            "schema": dict(NUMBERS) if kind == "int" else {"type": "string", "minLength": 1, "maxLength": 100},
        }
        for name, kind in one.parameters
    ] + [
        {"name": ask.name, "in": "query", "required": False, "description": say(ask.what), "schema": dict(ask.schema)}
        for ask in endpoint.asks
    ]  # fmt: skip
    answers: dict[str, Any] = {str(endpoint.status): _answer(say(endpoint.summary), endpoint.answer)}
    if one.method == "get":
        answers["304"] = {"description": say(N_("You have it already (If-None-Match)."))}
    answers |= {str(status): _problem(status, say) for status in one.statuses}
    described: dict[str, Any] = {
        "operationId": one.id, "tags": [say(endpoint.group)], "summary": say(endpoint.summary),
        "parameters": parameters, "responses": answers,
    }  # fmt: skip
    if endpoint.says:
        described["description"] = say(endpoint.says)
    if endpoint.body is not None:
        kind = "multipart/form-data" if endpoint.form else "application/json"
        described["requestBody"] = {"required": True, "content": {kind: _content(endpoint.body)}}
        parameters.append(
            {
                "name": "Idempotency-Key", "in": "header", "required": True, "description": say(KEY_SAYS),
                "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
            }
        )  # fmt: skip
    if one.scope is not None:
        described["security"] = [{"token": []}]
        described["x-scope"] = one.scope.code
    return described


def _content(kind: type[Any]) -> dict[str, Any]:
    return {"schema": {"$ref": _SCHEMAS.format(name=kind.__name__)}}


def _answer(words: str, kind: type[Any]) -> dict[str, Any]:
    return {"description": words, "content": {"application/json": _content(kind)}}


def _problem(status: int, say: Say) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": say(WORDS[status][0]), "content": {KIND: _content(ProblemAnswer)}}
    if status in {429, 503}:
        answer["headers"] = {"Retry-After": {"schema": {"type": "string", "pattern": "^[0-9]+$"}}}
    return answer


def _without_words(schema: Any) -> Any:
    """A schema without our own docstrings, which are English and meant for whoever reads the code."""
    if isinstance(schema, dict):
        kept = {name: one for name, one in schema.items() if name != "description" or not isinstance(one, str)}
        return {name: _without_words(one) for name, one in kept.items()}
    if isinstance(schema, list):
        return [_without_words(one) for one in schema]
    return schema
