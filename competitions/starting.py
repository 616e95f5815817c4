"""What a new contest's scheme starts from: a preset, an earlier contest, a scheme file, or nothing. Reads only."""

from dataclasses import dataclass, replace
from dataclasses import field as made_by

from competitions.contests import contest_by_address, may_run
from competitions.preparing import scheme_of
from competitions.presets.presets import Preset, list_presets, load_preset
from competitions.rules.notes import SheetNotes
from competitions.rules.scheme_limits import limit_problems
from foundation.base.problem import Problem
from foundation.people.sessions import SignedIn
from foundation.tabulation.json_text import read_json
from foundation.tabulation.scheme import Scheme, canonical_json, read_scheme

STARTS = ("preset", "earlier", "file", "empty")
MOST_BYTES = 1_000_000
FILE = "scheme.json"  # how problems name it


@dataclass(frozen=True, slots=True)
class Start:
    """The first draft, or what is wrong: `problems` of the form, `file_problems` by their place in the file."""

    scheme: Scheme | None = None
    notes: SheetNotes = made_by(default_factory=SheetNotes)
    problems: tuple[Problem, ...] = ()
    file_problems: tuple[Problem, ...] = ()

    def titled(self, title: str) -> Scheme | None:
        """The scheme under the new contest's title."""
        return replace(self.scheme, title=title) if self.scheme else None


def preset_named(key: str) -> Preset | None:
    return next((preset for preset in list_presets() if preset.key == key), None)


async def start(user: SignedIn, kind: str, preset: str, earlier: str, file: bytes | None) -> Start:
    """Load what the organiser chose to start from."""
    if kind == "empty":
        return Start()
    if kind == "preset":
        return _preset(preset)
    if kind == "earlier":
        return await _earlier(user, earlier)
    if kind == "file":
        return read_file(file)
    return Start(problems=(Problem("start_missing", "start"),))


def read_file(content: bytes | None, notes: SheetNotes | None = None) -> Start:
    """Read an uploaded scheme.json; it holds no sheet notes, but those of `notes` stay whose codes it keeps."""
    if not content:
        return Start(problems=(Problem("scheme_file_missing", "scheme_file"),))
    if len(content) > MOST_BYTES:
        most = {"most": str(MOST_BYTES // 1_000_000)}
        return Start(problems=(Problem("scheme_file_large", "scheme_file", most),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Start(problems=(Problem("scheme_file_encoding", "scheme_file"),))
    return _usable(text, notes or SheetNotes())


def _usable(text: str, notes: SheetNotes) -> Start:
    """The scheme in a file's text with its notes, or everything that keeps it from being used here."""
    scheme, problems = read_scheme(text)
    data, broken = read_json(text, FILE)
    if not broken:
        for each in limit_problems(data, notes):
            problems.append(Problem(each.code, f"{FILE}: {each.field}" if each.field else FILE, each.params))
    if problems or scheme is None:
        return Start(file_problems=tuple(problems))
    return Start(scheme, _kept(notes, scheme))


def _kept(notes: SheetNotes, scheme: Scheme) -> SheetNotes:
    deductions = {aspect.code: aspect.kind == "deduction" for aspect in scheme.aspects()}
    modules = {module.code for module in scheme.modules}
    return SheetNotes(
        {
            code: note
            for code, note in notes.aspects.items()
            if code in deductions and (deductions[code] or not note.keys)
        },
        {code: conditions for code, conditions in notes.voids.items() if code in modules},
    )


def _preset(key: str) -> Start:
    if preset_named(key) is None:
        return Start(problems=(Problem("preset_missing", "preset"),))
    return _usable(*load_preset(key))


async def _earlier(user: SignedIn, address: str) -> Start:
    contest = await contest_by_address(address) if address else None
    if contest is None or not await may_run(user, contest.competition.id):
        return Start(problems=(Problem("earlier_missing", "earlier"),))
    scheme, notes = await scheme_of(contest)
    if scheme is None:
        return Start(problems=(Problem("earlier_without_scheme", "earlier"),))
    return _usable(canonical_json(scheme), notes)
