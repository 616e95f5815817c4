"""Forms: what a person typed, kept as it was typed, with the problems found in it.

A form is read once, never changed, and shown again whole when it is refused, so that nothing typed is lost.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from typing import Any, cast

from litestar import Request
from litestar.datastructures import FormMultiDict, UploadFile
from litestar.enums import RequestEncodingType
from litestar.exceptions import HTTPException

from foundation.base.letters import cleaned
from foundation.base.problem import Problem
from foundation.files.limits import Purpose
from foundation.web.uploads import Upload, arrive

BODY_LIMIT = 2 * 1024 * 1024  # bytes of a whole form; long rosters and schemes stay far below
UPLOAD_LIMIT = BODY_LIMIT
FIELD_LIMIT = 20_000
LONG = 200_000  # characters of a field that are cleaned at once; more would keep others waiting
CSRF_FIELD = "csrf_token"
ARRIVED = "ganpo.form"  # in a request's scope: a large form that was read already


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form by name, in the order they came, and what is wrong with them."""

    fields: Mapping[str, Sequence[str]] = made_by(default_factory=dict)
    uploads: Mapping[str, Sequence[Upload]] = made_by(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    say: Callable[[Problem], str] | None = None

    @classmethod
    def filled(cls, values: Mapping[str, str | Sequence[str]]) -> "Form":
        """A form that shows these values before anybody typed."""
        return cls({name: [value] if isinstance(value, str) else list(value) for name, value in values.items()})

    def value(self, name: str, default: str = "") -> str:
        values = self.fields.get(name)
        return values[-1] if values else default

    def values(self, name: str) -> list[str]:
        return list(self.fields.get(name, ()))

    def checked(self, name: str, value: str = "1") -> bool:
        return value in self.fields.get(name, ())

    def names(self) -> list[str]:
        return list(self.fields)

    def upload(self, name: str) -> Upload | None:
        files = self.uploads.get(name)
        return files[-1] if files else None

    def files(self, name: str) -> list[Upload]:
        """Every file of a field that takes several."""
        return list(self.uploads.get(name, ()))

    def with_problems(self, problems: Iterable[Problem]) -> "Form":
        return replace(self, problems=(*self.problems, *problems))

    def with_values(self, values: Mapping[str, str | Sequence[str]]) -> "Form":
        """The same form with some values put in place of what was typed (a fresh nonce, a row added)."""
        return replace(self, fields={**self.fields, **Form.filled(values).fields})

    def without(self, names: Iterable[str]) -> "Form":
        gone = set(names)
        return replace(self, fields={name: kept for name, kept in self.fields.items() if name not in gone})

    def sentences(self, name: str) -> list[str]:
        """What is wrong with one field, as sentences; only on a page, where the language is known."""
        return [self._sentence(problem) for problem in self.problems if problem.field == name]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every problem as (field, sentence), in the order they were found."""
        return [(problem.field, self._sentence(problem)) for problem in self.problems]

    def _sentence(self, problem: Problem) -> str:
        if self.say is None:
            raise RuntimeError("a form speaks only on a page")
        return self.say(problem)


async def read_form(request: Request[Any, Any, Any], upload_limit: int = UPLOAD_LIMIT) -> Form:
    """The submitted form. Files over the limit come with their first bytes only, one more than the limit."""
    data = await received(request)
    fields: dict[str, list[str]] = {}
    uploads: dict[str, list[Upload]] = {}
    for name, value in data.multi_items():
        if isinstance(value, Upload):
            uploads.setdefault(cleaned(name), []).append(replace(value, name=cleaned(value.name)))
        elif isinstance(value, UploadFile):
            if value.filename:
                upload = Upload(cleaned(value.filename), await value.read(upload_limit + 1))
                uploads.setdefault(cleaned(name), []).append(upload)
        elif name != CSRF_FIELD:
            text = str(value)
            text = cleaned(text) if len(text) < LONG else await cleaned_apart(text)
            fields.setdefault(cleaned(name), []).append(text)
    return Form(fields, uploads)


async def received(request: Request[Any, Any, Any]) -> FormMultiDict:
    """The fields as they came; 400 for a body that cannot be read, 413 for one with too many fields or too large."""
    purpose: Purpose | None = request.scope["route_handler"].opt.get("takes")
    kind = request.content_type[0]
    if purpose is not None and kind == RequestEncodingType.MULTI_PART:
        scope: Any = request.scope
        if ARRIVED not in scope:
            arrived = await arrive(request, purpose, FIELD_LIMIT)
            scope[ARRIVED] = FormMultiDict([*arrived.fields, *arrived.uploads])
        return cast("FormMultiDict", scope[ARRIVED])
    if kind == RequestEncodingType.URL_ENCODED and (await request.body()).count(b"&") >= FIELD_LIMIT:
        raise HTTPException(status_code=413)
    try:
        return await request.form()
    except (LookupError, UnicodeError) as error:  # a part in an encoding that does not exist
        raise HTTPException(status_code=400) from error


async def cleaned_apart(text: str) -> str:
    """`cleaned` for megabytes: line by line in a thread, so that others get their turn."""

    def lines() -> str:
        return "\n".join(map(cleaned, text.replace("\r\n", "\n").replace("\r", "\n").split("\n")))

    return await asyncio.to_thread(lines)
