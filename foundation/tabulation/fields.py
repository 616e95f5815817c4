"""One JSON object, read field by field: each wrong one is noted by its path, and reading goes on.

Knows JSON shapes, not schemes. A method that refuses its field notes the problem and gives back a harmless value of
the right type; `clean()` tells rules that look at several fields whether they may trust them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from foundation.base.problem import Problem
from foundation.tabulation.decimals import ordinary, read_decimal
from foundation.tabulation.json_text import JsonObject, NumberText
from foundation.tabulation.texts import encodable, normal, shown


@dataclass(slots=True)
class Fields:
    """The fields of one object at `path`; `problems` is shared by the whole reading."""

    data: Mapping[object, object]
    path: str
    problems: list[Problem]
    _read: set[str] = field(default_factory=set)
    _refused: set[str] = field(default_factory=set)

    def at(self, key: str) -> str:
        """The path of one field: `modules[0].weight`."""
        key = shown(key)
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, code: str, /, **params: str) -> None:
        """Note that this field is wrong."""
        self._refused.add(key)
        self.problems.append(Problem(code, self.at(key), params))

    def clean(self, *keys: str) -> bool:
        """None of these fields was refused."""
        return self._refused.isdisjoint(keys)

    def has(self, key: str) -> bool:
        """The object says something for this key; `null` says something wrong, not nothing."""
        return key in self.data

    def _take(self, key: str, *, required: bool) -> object | None:
        self._read.add(key)
        if key in self.data:
            value = self.data[key]
            if value is None:
                self.refuse(key, "null")
            return value
        if required:
            self.refuse(key, "missing")
        return None

    def text(self, key: str, *, default: str | None = None, keep: bool = False) -> str:
        """A text that is not blank, normalised unless `keep`; required where there is no default."""
        value = self._take(key, required=default is None)
        if value is None:
            return default or ""
        if not isinstance(value, str) or isinstance(value, NumberText):
            self.refuse(key, "not_text")
            return default or ""
        if not encodable(value):
            self.refuse(key, "not_unicode")
            return default or ""
        if not normal(value):
            self.refuse(key, "blank")
        return value if keep else normal(value)

    def decimal(self, key: str, places: int, *, default: int | None = None, required: bool = False) -> int | None:
        """A plain decimal in units of the last place, as a JSON number or as text."""
        value = self._take(key, required=required)
        if value is None:
            return default
        text = number_text(value)
        number = read_decimal(text, places) if text is not None else None
        if number is None:
            self.refuse(key, "not_decimal", places=str(places), value=shown(_seen(value)))
            return default
        return number

    def whole(self, key: str, low: int, high: int, *, default: int | None = None) -> int:
        """A whole number from low to high; required where there is no default."""
        fallback = low if default is None else default
        value = self._take(key, required=default is None)
        if value is None:
            return fallback
        text = number_text(value)
        number = read_decimal(text, 0) if text is not None else None
        if number is None or not low <= number <= high:
            self.refuse(key, "not_whole", low=str(low), high=str(high), value=shown(_seen(value)))
            return fallback
        return number

    def flag(self, key: str) -> bool:
        """true or false; false where it is not said."""
        value = self._take(key, required=False)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.refuse(key, "not_flag", value=shown(_seen(value)))
        return False

    def choice(self, key: str, *words: str, default: str | None = None) -> str:
        """One of these words; required where there is no default."""
        value = self._take(key, required=default is None)
        if value is None:
            return default or words[0]
        if not isinstance(value, str) or value not in words:
            self.refuse(key, "not_choice", choices=", ".join(words), value=shown(_seen(value)))
            return default or words[0]
        return value

    def items(self, key: str, *, required: bool = True) -> list[object]:
        """A list; one that is required must not be empty."""
        value = self._take(key, required=required)
        if value is None:
            return []
        if not isinstance(value, list):
            self.refuse(key, "not_list")
            return []
        if required and not value:
            self.refuse(key, "empty_list")
        return value

    def objects(self, key: str, *, required: bool = True) -> Iterator["Fields"]:
        """A list of objects, each as fields of its own; what is no object is noted and left out."""
        for place, item in enumerate(self.items(key, required=required)):
            path = f"{self.at(key)}[{place}]"
            if isinstance(item, Mapping):
                yield Fields(item, path, self.problems)
            else:
                self._refused.add(key)
                self.problems.append(Problem("not_object", path))

    def object(self, key: str) -> "Fields | None":
        """A required object as fields of its own."""
        value = self._take(key, required=True)
        if isinstance(value, Mapping):
            return Fields(value, self.at(key), self.problems)
        if value is not None:
            self.refuse(key, "not_object")
        return None

    def forgive(self, *keys: str) -> None:
        """Say nothing of these keys: whether they belong here hangs on a field that was refused."""
        self._read.update(keys)

    def refuse_repeated(self) -> None:
        """Note every key that was written more than once."""
        for twice in self.data.repeated if isinstance(self.data, JsonObject) else ():
            self.refuse(twice, "key_repeated", key=shown(twice))

    def finish(self, misplaced: Mapping[str, str] = {}) -> None:
        """Note every repeated key and every key that nobody read.

        `misplaced` is the problem's code for keys that are known, but belong elsewhere.
        """
        self.refuse_repeated()
        for key in self.data:
            name = key if isinstance(key, str) else repr(key)
            if name not in self._read:
                self.refuse(name, misplaced.get(name, "key_unknown"), key=shown(name))


def number_text(value: object) -> str | None:
    """What a number looked like: JSON's literal, a text, or a whole number of Python's; None for anything else."""
    if isinstance(value, str):
        return ordinary(value)
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return str(value)
    return None


def _seen(value: object) -> str:
    """A value as a sentence shows it: small ones as they are, others by their JSON name."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    return "…" if isinstance(value, int) and abs(value) >= 10**18 else repr(value)
