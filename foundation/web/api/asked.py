"""Whether what an address asks for is what its description admits: every parameter that is wrong, at once.

Knows the few words of JSON Schema that parameters use; what is there under a value is the loader's to say.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from litestar import Request

from foundation.base.problem import Problem, Refused
from foundation.web.api.endpoints import SINCE, Ask

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")


def check_asked(request: Request[Any, Any, Any], asks: Iterable[Ask]) -> None:
    """An empty value asks for nothing. Raises Refused."""
    problems = []
    for ask in asks:
        values = [value for value in request.query_params.getall(ask.name, []) if value]
        if len(values) > 1 or (values and not fits(str(values[0]), ask.schema)):
            problems.append(Problem("api_ask", ask.name))
    if problems:
        raise Refused(*problems)


def read_since(request: Request[Any, Any, Any]) -> datetime | None:
    """The time of `changed_since` in UTC, None without. Raises Refused for a day that no calendar has."""
    text = request.query_params.get(SINCE.name, "").replace(" ", "+")  # a plus that was not encoded
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError) as error:
        raise Refused(Problem("api_ask", SINCE.name)) from error


def fits(text: str, schema: Mapping[str, Any]) -> bool:
    """Whether the text of a parameter is as its schema says."""
    if schema.get("type") == "integer":
        if not _WHOLE.fullmatch(text):
            return False
        number = int(text)
        return int(schema.get("minimum", number)) <= number <= int(schema.get("maximum", number))
    if "enum" in schema and text not in schema["enum"]:
        return False
    if "pattern" in schema and (text.endswith("\n") or not re.search(schema["pattern"], text)):
        return False  # to Python, and to nobody else, a "$" stands before a last line break as well
    return len(text) <= int(schema.get("maxLength", len(text)))
