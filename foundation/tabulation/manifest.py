"""manifest.json of a results bundle: its shape, its text, and reading it back."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from foundation.base.problem import Problem
from foundation.tabulation.csv_text import Source
from foundation.tabulation.fields import Fields
from foundation.tabulation.json_text import read_json

FORMAT: Final = "ganpo-bundle/1"
NAME: Final = "manifest.json"
LARGEST_NUMBER: Final = 10**12 - 1


@dataclass(frozen=True, slots=True)
class LedgerHead:
    """The last entry of the contest's ledger when the results were published."""

    stream: str
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a bundle says of itself: `time` in UTC as ISO 8601, hashes as SHA-256 in hexadecimal digits."""

    contest: str
    version: int
    time: str
    files: Mapping[str, str]
    scheme_hash: str
    ledger_head: LedgerHead


def manifest_json(manifest: Manifest) -> str:
    """The manifest's text, always the same for the same values."""
    head = manifest.ledger_head
    data = {
        "format": FORMAT,
        "contest": manifest.contest,
        "version": manifest.version,
        "time": manifest.time,
        "files": dict(manifest.files),
        "scheme_hash": manifest.scheme_hash,
        "ledger_head": {"stream": head.stream, "seq": head.seq, "hash": head.hash},
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def read_manifest(source: Source) -> tuple[Manifest | None, list[Problem]]:
    """The manifest, or None and every problem. Keys of later formats are passed over, repeated ones are not."""
    text, problems = source.text()
    data: object = None
    if not problems:
        data, problems = read_json(text, source.name)
    if problems:
        return None, problems
    if not isinstance(data, dict):
        return None, [Problem("not_object", source.name)]
    top = Fields(data, "", problems)
    if top.text("format") != FORMAT and top.clean("format"):
        top.refuse("format", "format", format=FORMAT)
    contest = top.text("contest", keep=True)
    version = top.whole("version", 1, LARGEST_NUMBER)
    time = top.text("time", keep=True)
    scheme_hash = top.text("scheme_hash")
    listed = top.object("files")
    files = {name: listed.text(name) for name in map(str, listed.data)} if listed is not None else {}
    head = top.object("ledger_head")
    ledger_head = LedgerHead(
        stream=head.text("stream") if head is not None else "",
        seq=head.whole("seq", 0, LARGEST_NUMBER) if head is not None else 0,
        hash=head.text("hash") if head is not None else "",
    )
    for fields in (top, listed, head):
        if fields is not None:
            fields.refuse_repeated()
    if problems:
        return None, [Problem(each.code, f"{source.name}: {each.field}", each.params) for each in problems]
    return Manifest(contest, version, time, files, scheme_hash, ledger_head), []
