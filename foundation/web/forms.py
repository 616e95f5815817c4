"""Forms: what a person typed, kept as it was typed, with the problems found in it.

A form is read once, never changed, and shown again whole when it is refused, so that nothing typed is lost.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as made_by
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile

from foundation.base.problem import Problem

UPLOAD_LIMIT = 8 * 1024 * 1024
CSRF_FIELD = "csrf_token"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came; its name is only a hint."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of one form by name, in the order they came, and what is wrong with them."""

    fields: Mapping[str, Sequence[str]] = made_by(default_factory=dict)
    uploads: Mapping[str, Upload] = made_by(default_factory=dict)
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
        return self.uploads.get(name)

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


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """The submitted form. Files over the limit come with their first bytes only, one more than the limit."""
    data = await request.form()
    fields: dict[str, list[str]] = {}
    uploads: dict[str, Upload] = {}
    for name, value in data.multi_items():
        if isinstance(value, UploadFile):
            if value.filename:
                uploads[name] = Upload(cleaned(value.filename), await value.read(UPLOAD_LIMIT + 1))
        elif name != CSRF_FIELD:
            fields.setdefault(cleaned(name), []).append(cleaned(str(value)))
    return Form(fields, uploads)


def cleaned(text: str) -> str:
    """Text that both databases and every page can hold: NFC, one kind of line end, no control characters."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))
