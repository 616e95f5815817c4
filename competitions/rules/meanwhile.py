"""Forms opened before somebody else saved: what changed meanwhile is told, nothing is replaced unseen. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from foundation.base.problem import Problem


def seen(values: Mapping[str, str]) -> str:
    """Stands for the values that a form showed: sha256, hex."""
    text = json.dumps(dict(sorted(values.items())), ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Opened:
    """A form as it was opened and sent: `shown` stands for what it showed (`seen`), `typed` is what it says now."""

    shown: str
    typed: Mapping[str, str]

    def problems(self, now: Mapping[str, str]) -> list[Problem]:
        """What stands now, for each field that is not what was typed; nothing where it is what the form showed."""
        if self.shown == seen(now):
            return []
        fields = [name for name, value in now.items() if value.split() != self.typed.get(name, "").split()]
        return [Problem("changed_meanwhile", name, {"now": now[name] or "–"}) for name in fields]
