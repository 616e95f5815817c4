"""One operation as the reference page shows it: its fields by name and kind, and a line that can be typed."""

import json
from dataclasses import dataclass
from typing import Any

import msgspec

from foundation.web.api.document import Operation

EXAMPLE_TOKEN = "$GANPO_TOKEN"  # noqa: S105 - a shell's variable
FILLED = {"int": "1", "str": "example"}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a body or an answer: `kind` in the words of JSON Schema."""

    name: str
    kind: str
    required: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What stands in the page."""

    one: Operation
    body: tuple[Field, ...]
    answer: tuple[Field, ...]
    curl: str


def shown(one: Operation, site: str) -> Shown:
    """An operation with its fields; those of what a list holds stand below the list's name."""
    body = _fields(one.endpoint.body) if one.endpoint.body is not None else ()
    return Shown(one, body, _fields(one.endpoint.answer), curl(one, site or "https://…"))


def curl(one: Operation, site: str) -> str:
    """A line for a shell."""
    path = one.path
    for name, kind in one.parameters:
        path = path.replace(f"{{{name}}}", FILLED[kind])
    parts = ["curl"]
    if one.scope is not None:
        parts.append(f'-H "Authorization: Bearer {EXAMPLE_TOKEN}"')
    if one.endpoint.body is not None:
        parts.append('-H "Idempotency-Key: $(date +%s)-$RANDOM"')
        example = one.endpoint.example or {}
        if one.endpoint.form:
            parts += [f'-F "{name}={value}"' for name, value in example.items()]
        else:
            parts.append('-H "Content-Type: application/json"')
            parts.append(f"-d '{json.dumps(example, ensure_ascii=False)}'")
    target = f'"{site}{path}"'
    return f"curl {target}" if len(parts) == 1 else " \\\n  ".join([*parts, target])


def _fields(kind: Any) -> tuple[Field, ...]:
    _, schemas = msgspec.json.schema_components([kind], ref_template="{name}")
    return tuple(_below(schemas[kind.__name__], schemas, ""))


def _below(schema: dict[str, Any], schemas: dict[str, Any], at: str) -> list[Field]:
    found = []
    for name, one in schema.get("properties", {}).items():
        found.append(Field(at + name, _kind(one), name in schema.get("required", ())))
        inner = one.get("items", one)
        inner = next((each for each in inner.get("anyOf", ()) if "$ref" in each), inner)
        if "$ref" in inner and at.count(".") < 2:
            listed = "[]" if "items" in one else ""
            found += _below(schemas[inner["$ref"]], schemas, f"{at}{name}{listed}.")
    return found


def _kind(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(each) for each in schema["anyOf"]))
    if "$ref" in schema:
        return "object"
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    kind = str(schema.get("type", "any"))
    if "format" in schema:
        kind += f" ({schema['format']})"
    if "maxLength" in schema:
        kind += f" ≤ {schema['maxLength']}"
    return kind
