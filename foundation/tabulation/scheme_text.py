"""The one text of a scheme: what is hashed when it is frozen, stored and put into the results bundle.

Two files that mean the same scheme give the same text: keys in the spec's order, numbers shortest, what equals its
default left out (so that a key added to the format later does not change old schemes' hashes).
"""

import json

from foundation.tabulation.decimals import MARK_PLACES, WEIGHT_PLACES, show_decimal
from foundation.tabulation.scheme_model import MILLION, Aspect, Module, Scheme, TieStep


def canonical_json(scheme: Scheme) -> str:
    """The scheme as a readable scheme file with a newline at its end; reading it gives the same scheme again."""
    data = {
        "format": "ganpo-scheme/1",
        "title": scheme.title,
        "digits": scheme.digits,
        "unmarked": scheme.unmarked,
        "modules": [_module(module) for module in scheme.modules],
        "tie_break": [_step(step) for step in scheme.tie_break],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def scheme_hash(scheme: Scheme) -> str:
    """SHA-256 of the canonical text in UTF-8, as 64 hexadecimal digits."""
    from hashlib import sha256  # noqa: PLC0415 - `ganpo tabulate` hashes nothing and need not wait for OpenSSL

    return sha256(canonical_json(scheme).encode()).hexdigest()


def _module(module: Module) -> dict[str, object]:
    data: dict[str, object] = {"code": module.code, "name": module.name}
    if module.weight != MILLION:
        data["weight"] = show_decimal(module.weight, WEIGHT_PLACES)
    if module.round:
        data["round"] = True
    data["aspects"] = [_aspect(aspect) for aspect in module.aspects]
    return data


def _aspect(aspect: Aspect) -> dict[str, object]:
    said: dict[str, object | None] = {
        "judges": aspect.judges,
        "max": _mark(aspect.max),
        "min": _mark(aspect.min) if aspect.min else None,
        "step": _mark(aspect.step),
        "table": {key: _mark(value) for key, value in aspect.table} or None,
        "levels": list(aspect.levels) or None,
        "max_spread": aspect.max_spread if aspect.max_spread != 1 else None,
        "combine": aspect.combine,
        "drop_highest": aspect.drop_highest or None,
        "drop_lowest": aspect.drop_lowest or None,
        "min_marks": aspect.min_marks if aspect.min_marks != aspect.drop_highest + aspect.drop_lowest + 1 else None,
        "round_mark": aspect.round_mark or None,
        "factor": show_decimal(aspect.factor, WEIGHT_PLACES) if aspect.factor != MILLION else None,
        "round_points": aspect.round_points or None,
        "coefficient": aspect.coefficient or None,
    }
    kept = {key: value for key, value in said.items() if value is not None}
    return {"code": aspect.code, "name": aspect.name, "kind": aspect.kind, **kept}


def _mark(value: int | None) -> str | None:
    return None if value is None else show_decimal(value, MARK_PLACES)


def _step(step: TieStep) -> dict[str, str]:
    return {"by": step.by, "code": step.code} if step.code else {"by": step.by}
