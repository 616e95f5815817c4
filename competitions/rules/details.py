"""What stands behind a mark's value: which deductions how often, which void conditions. Pure.

Knows the JSON text that is stored beside a mark (`Mark.detail`) and that "why this score" quotes. The reasons are kept
in full, so that a later amendment of the sheet never changes what a judge once said.
"""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Deduction:
    """One reason, what each occurrence takes off (thousandths), and how often it occurred (at least once)."""

    text: str
    points: int
    count: int


@dataclass(frozen=True, slots=True)
class Detail:
    """All of it. `under_value` and `under` are what the mark is again once the void conditions are taken back."""

    deductions: tuple[Deduction, ...] = ()
    voids: tuple[str, ...] = ()
    under_value: str = ""
    under: "Detail | None" = None


def detail_json(detail: Detail) -> str:
    """The canonical text that is stored; empty where there is nothing to say."""
    data = _data(detail)
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) if data else ""


def read_detail(text: str) -> Detail:
    """Read what `detail_json` wrote."""
    return _detail(json.loads(text)) if text else Detail()


def _data(detail: Detail) -> dict[str, Any]:
    data: dict[str, Any] = {}
    if detail.deductions:
        data["deductions"] = [[each.text, each.points, each.count] for each in detail.deductions]
    if detail.voids:
        data["void"] = list(detail.voids)
    if detail.under_value:
        data["under"] = detail.under_value
    if detail.under is not None and (under := _data(detail.under)):
        data["under_detail"] = under
    return data


def _detail(data: dict[str, Any]) -> Detail:
    return Detail(
        deductions=tuple(Deduction(text, points, count) for text, points, count in data.get("deductions", ())),
        voids=tuple(data.get("void", ())),
        under_value=data.get("under", ""),
        under=_detail(data["under_detail"]) if "under_detail" in data else None,
    )
