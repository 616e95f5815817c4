"""What a new contest's scheme starts from: a preset, an earlier contest, a scheme file, or nothing. Reads only."""

from dataclasses import dataclass, replace
from dataclasses import field as made_by

from competitions.contests import contest_by_address, may_run
from competitions.preparing import scheme_of
from competitions.presets.presets import Preset, list_presets, load_preset
from competitions.rules.notes import SheetNotes
from foundation.base.problem import Problem
from foundation.people.sessions import SignedIn
from foundation.tabulation.scheme import Scheme, read_scheme

STARTS = ("preset", "earlier", "file", "empty")
MOST_BYTES = 1_000_000


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


def read_file(content: bytes | None) -> Start:
    """Read an uploaded scheme.json; it holds no sheet notes."""
    if not content:
        return Start(problems=(Problem("scheme_file_missing", "scheme_file"),))
    if len(content) > MOST_BYTES:
        most = {"most": str(MOST_BYTES // 1_000_000)}
        return Start(problems=(Problem("scheme_file_large", "scheme_file", most),))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Start(problems=(Problem("scheme_file_encoding", "scheme_file"),))
    scheme, problems = read_scheme(text)
    return Start(scheme, file_problems=tuple(problems))


def _preset(key: str) -> Start:
    if preset_named(key) is None:
        return Start(problems=(Problem("preset_missing", "preset"),))
    text, notes = load_preset(key)
    scheme, problems = read_scheme(text)
    return Start(scheme, notes, file_problems=tuple(problems))


async def _earlier(user: SignedIn, address: str) -> Start:
    contest = await contest_by_address(address) if address else None
    if contest is None or not await may_run(user, contest.competition.id):
        return Start(problems=(Problem("earlier_missing", "earlier"),))
    scheme, notes = await scheme_of(contest)
    if scheme is None:
        return Start(problems=(Problem("earlier_without_scheme", "earlier"),))
    return Start(scheme, notes)
