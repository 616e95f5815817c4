"""Bodies that programs send: JSON read into a struct, with every place that is wrong, all at once.

Knows structs and pointers; what a field means is asked by the rules of its domain afterwards. Texts are cleaned as
those of forms are.
"""

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec
from litestar import Request
from litestar.exceptions import HTTPException

from foundation.base.letters import cleaned
from foundation.base.problem import Problem, Refused

Kind = TypeVar("Kind", bound=msgspec.Struct)
LARGE = 50_000  # bytes that are read at once; more would keep others waiting
LONGEST_NAME = 60  # of a field that we do not know, as it is told

_CODES: Mapping[type, str] = {
    str: "api_is_text", int: "api_is_number", bool: "api_is_truth", list: "api_is_list", dict: "api_is_object",
    date: "api_is_day",
}  # fmt: skip


async def read_body(request: Request[Any, Any, Any], kind: type[Kind]) -> Kind:
    """The body as a struct. Raises HTTPException (400, 413, 415) for what cannot be read, Refused for what is wrong."""
    if request.content_type[0] != "application/json":
        raise HTTPException(status_code=415)
    body = await request.body()
    if len(body) > LARGE:
        made, problems = await asyncio.to_thread(_read, body, kind)
    else:
        made, problems = _read(body, kind)
    if made is None:
        raise Refused(*problems)
    return made


def pointing(problems: Iterable[Problem], at: str = "") -> list[Problem]:
    """Problems of a domain's rule, which names fields, at their places below `at` in what was sent."""
    return [replace(one, field=f"{at}/{one.field}" if one.field else at) for one in problems]


def pointed(name: str) -> str:
    """A name that somebody sent, as a part of a JSON pointer (RFC 6901)."""
    return cleaned(name)[:LONGEST_NAME].replace("~", "~0").replace("/", "~1")


def _read(body: bytes, kind: type[Kind]) -> tuple[Kind | None, list[Problem]]:
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise HTTPException(status_code=400) from error
    problems: list[Problem] = []
    made = _struct(value, kind, "", problems)
    return (None, problems) if problems else (made, [])


def _struct(value: Any, kind: type[Any], at: str, problems: list[Problem]) -> Any:
    """Collects every problem below `at`; the answer is worth something only where there is none."""
    if not isinstance(value, dict):
        problems.append(Problem("api_is_object", at or "/"))
        return None
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    problems += [Problem("api_unknown", f"{at}/{pointed(name)}") for name in value if name not in fields]
    found: dict[str, Any] = {}
    for name, field in fields.items():
        here = f"{at}/{name}"
        if name in value:
            found[field.name] = _value(value[name], field.type, here, problems)
        elif field.required:
            problems.append(Problem("api_missing", here))
    return None if problems else kind(**found)


def _value(value: Any, kind: Any, at: str, problems: list[Problem]) -> Any:
    bare = get_args(kind)[0] if get_origin(kind) is Annotated else kind
    if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
        return _struct(value, bare, at, problems)
    of = get_args(bare)
    if get_origin(bare) is list and of and isinstance(of[0], type) and issubclass(of[0], msgspec.Struct):
        return _structs(value, kind, of[0], at, problems)
    try:
        return _cleaned(msgspec.convert(value, kind))
    except msgspec.ValidationError:
        plain = get_origin(bare) or bare
        problems.append(Problem(_CODES.get(plain, "api_is_other"), at))
        return None


def _structs(value: Any, kind: Any, of: type[Any], at: str, problems: list[Problem]) -> Any:
    try:
        msgspec.convert([{} for _ in value] if isinstance(value, list) else value, _bounds_of(kind))
    except msgspec.ValidationError:
        problems.append(Problem("api_is_list", at))
        return None
    return [_struct(one, of, f"{at}/{number}", problems) for number, one in enumerate(value)]


def _bounds_of(kind: Any) -> Any:
    """How long a list may be, of whatever it is."""
    return Annotated[list[Any], *get_args(kind)[1:]] if get_origin(kind) is Annotated else list[Any]


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, dict):
        return {cleaned(str(name)): _cleaned(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one) for one in value]
    return value
