"""The tool-chain keeps its promises: lists match the tree, locks match the project, setup speaks plainly."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tools import bootstrap, environment, installers
from tools.progress import run_shown

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = PROJECT["tool"]["setuptools"]["packages"]
TOPS = sorted({name.partition(".")[0] for name in PACKAGES})
NOT_PACKAGES = {"tests", "tools", "benchmarks", "build", "dist", "var", "media"}


# --- the tree ---------------------------------------------------------------------------------------------------


def tracked() -> Iterator[Path]:
    """Every file that is, or would be, in the repository."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        names = listed.stdout.splitlines()
    else:
        hidden = re.compile(r"(^|/)(\.venv|\.git|__pycache__|\.\w+_cache|\.hypothesis|var)(/|$)|\.egg-info/")
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*")]
        names = [name for name in names if not hidden.search(name)]
    yield from (path for name in names if (path := ROOT / name).is_file())


def test_every_package_is_listed_for_setuptools() -> None:
    tops = {path.parent.name for path in ROOT.glob("*/__init__.py")} - NOT_PACKAGES
    found = {
        str(path.parent.relative_to(ROOT)).replace("/", ".")
        for top in tops
        for path in (ROOT / top).rglob("__init__.py")
    }
    assert sorted(PACKAGES) == sorted(found)


def test_every_folder_with_code_is_a_package() -> None:
    folders = {path.parent for top in TOPS for path in (ROOT / top).rglob("*.py")}
    assert [str(folder) for folder in folders if not (folder / "__init__.py").exists()] == []


def test_types_and_import_contracts_cover_every_package() -> None:
    assert sorted(PROJECT["tool"]["mypy"]["packages"]) == sorted([*TOPS, "tools"])
    assert sorted(PROJECT["tool"]["importlinter"]["root_packages"]) == TOPS


def test_no_file_names_a_package_registry_or_a_place_on_a_machine() -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "debian" + ".org/debian"]
    machines = ["/" + name for name in ("root/", "work/main", "work/shared", "opt/pypi", "opt/wheels")]
    unwanted = re.compile(
        "|".join(map(re.escape, [*hosts, *machines])) + r"|/home/\w+/|--(extra-)?index-url|--find-links"
    )
    found = []
    for path in tracked():
        if path == Path(__file__):
            continue
        text = path.read_bytes().decode("utf-8", "replace")
        found += [f"{path.relative_to(ROOT)}: {match.group()}" for match in unwanted.finditer(text)]
    assert found == []


def test_ci_runs_the_checks_and_then_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    lines = [line for line in script.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert (lines[0], lines[-2:]) == ("set -euo pipefail", ["make check", "make test"])


# --- the locks --------------------------------------------------------------------------------------------------


def pins(name: str) -> dict[str, str]:
    """Package -> version of a lock file."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==([^\s;]+)", text, re.MULTILINE))


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("build.txt", PROJECT["build-system"]["requires"]),
        ("uv.txt", PROJECT["dependency-groups"]["bootstrap"]),
        ("run.txt", PROJECT["project"]["dependencies"]),
        ("dev.txt", [line for lines in PROJECT["project"]["optional-dependencies"].values() for line in lines]),
    ],
)
def test_locked_versions_are_those_the_project_asks_for(name: str, wanted: list[str]) -> None:
    locked = pins(name)
    needs = [Requirement(line) for line in wanted]
    unmet = [str(need) for need in needs if Version(locked.get(need.name.lower(), "0")) not in need.specifier]
    assert unmet == []


def test_tests_run_on_the_versions_that_serve() -> None:
    assert {name: pins("dev.txt").get(name) for name in pins("run.txt")} == pins("run.txt")


@pytest.mark.parametrize("name", ["build.txt", "uv.txt", "run.txt", "dev.txt"])
def test_every_locked_package_has_a_hash(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", (ROOT / "requirements" / name).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [entry.split()[0] for entry in entries[1:] if "--hash=sha256:" not in entry] == []


# --- setup ------------------------------------------------------------------------------------------------------


def test_the_first_step_can_be_read_by_an_old_python() -> None:
    source = (ROOT / "tools" / "bootstrap.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    newer = (ast.JoinedStr, ast.AnnAssign, ast.Nonlocal, ast.YieldFrom, ast.Starred)
    assert [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, newer)] == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert [f.name for f in functions if f.returns or any(argument.annotation for argument in f.args.args)] == []


def test_an_old_python_is_refused_in_one_sentence() -> None:
    assert bootstrap.refusal((3, 9)) == "Ganpo needs Python 3.11 or newer, this is 3.9."
    assert bootstrap.refusal((3, 11)) == bootstrap.refusal((4, 0)) == ""


def test_a_newer_python_is_looked_for_by_what_it_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def program(name: str, code: int) -> None:
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {code}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)

    monkeypatch.setenv("PATH", str(tmp_path))
    assert bootstrap.newer_python() is None
    program("python3.13", 127)  # a stand-in for a version that is not there
    program("python3.12", 0)
    assert bootstrap.newer_python() == "python3.12"


def test_setup_is_done_once_until_something_changes(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    for name in environment.LOCKS["dev"]:
        (tmp_path / "requirements" / name).write_text(name, encoding="utf-8")
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 1', encoding="utf-8")
    first = {part: environment.fingerprint(tmp_path, part) for part in ("run", "dev", "checkout")}

    project.write_text('[project]\nname = "x"\n[tool.ruff]\nline-length = 2', encoding="utf-8")
    assert {part: environment.fingerprint(tmp_path, part) for part in first} == first
    project.write_text('[project]\nname = "y"\n', encoding="utf-8")
    assert environment.fingerprint(tmp_path, "checkout") != first["checkout"]
    (tmp_path / "requirements" / "dev.txt").write_text("newer", encoding="utf-8")
    assert environment.fingerprint(tmp_path, "run") == first["run"]
    assert environment.fingerprint(tmp_path, "dev") != first["dev"]


def test_an_environment_that_was_moved_or_lost_its_python_is_made_anew(tmp_path: Path) -> None:
    venv = tmp_path / ".venv"
    (venv / "bin").mkdir(parents=True)
    done = {"root": str(tmp_path), "python": "3.0.0"}
    assert not environment.usable(venv, done, tmp_path, insisted=False)
    (venv / "bin" / "python").symlink_to(sys.executable)
    assert environment.usable(venv, done, tmp_path, insisted=False)
    assert not environment.usable(venv, done, tmp_path, insisted=True)
    assert not environment.usable(venv, done | {"root": "/elsewhere"}, tmp_path, insisted=False)


def test_uv_is_told_what_pip_knows_of_this_machine() -> None:
    listed = "\n".join(
        [
            "global.index-url='https://mirror.test/simple'",
            "global.extra-index-url='https://one.test/ https://two.test/'",
            "global.find-links='/one\\n/two'",
            "install.timeout='7'",
            "global.timeout='60'",
            ":env:.trusted-host='mirror.test'",
            "freeze.timeout='10'",
        ]
    )
    assert installers.uv_settings(installers.read_settings(listed), {}) == {
        "UV_DEFAULT_INDEX": "https://mirror.test/simple",
        "UV_INDEX": "https://one.test/ https://two.test/",
        "UV_FIND_LINKS": "/one,/two",
        "UV_HTTP_TIMEOUT": "7",
        "UV_INSECURE_HOST": "mirror.test",
        "UV_INDEX_STRATEGY": "unsafe-best-match",
        "UV_NO_PROGRESS": "1",
        "UV_PYTHON_DOWNLOADS": "never",
    }


def test_what_a_person_set_for_uv_stays() -> None:
    pip = {"index-url": "https://pip.test/", "find-links": "/pip"}
    mine = {"UV_INDEX_URL": "https://uv.test/", "UV_FIND_LINKS": "/uv", "UV_INDEX_STRATEGY": "first-index"}
    assert installers.uv_settings(pip, mine) == {"UV_NO_PROGRESS": "1", "UV_PYTHON_DOWNLOADS": "never"}


def test_pip_does_it_where_uv_would_miss_a_setting() -> None:
    assert installers.uv_settings({"constraint": "pins.txt"}, {}) is None


def test_long_work_says_how_far_it_is(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.progress.EVERY", 0.2)
    script = "import sys; print('Collecting a', flush=True); sys.stdin.read(); import time; time.sleep(1); sys.exit(3)"
    finished = run_shown([sys.executable, "-c", script], "installing", measure=installers.pip_progress(9))
    assert (finished.code, finished.output) == (3, "Collecting a\n")
    assert "  installing: 1 of 9, 1 s so far\n" in capsys.readouterr().out


def wrong_days(tree: ast.AST) -> Iterator[int]:
    """Lines that take the day of a moment as it stands: in UTC it is still yesterday until eight in the morning."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "date":
            made = node.func.value
            named = isinstance(made, ast.Call) and isinstance(made.func, ast.Attribute) and made.func.attr
            if node.args or named == "strptime":
                continue
            zones = [ast.unparse(one) for one in made.args] if isinstance(made, ast.Call) else []
            if named not in ("astimezone", "now") or zones in ([], ["UTC"]):
                yield node.lineno
        elif isinstance(node, ast.Attribute) and node.attr in ("year", "month", "day") and _is_moment(node.value):
            yield node.lineno


def _is_moment(node: ast.AST) -> bool:
    """Whether it is kept as a moment: those are called `…_at`, or `at`."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        return str(node.slice.value) == "at" or str(node.slice.value).endswith("_at")
    return isinstance(node, ast.Attribute) and node.attr.endswith("_at")


def test_the_day_of_a_moment_is_asked_in_a_zone() -> None:
    def found(text: str) -> list[int]:
        return list(wrong_days(ast.parse(text)))

    assert [found(one) for one in ("now.date()", "datetime.now(UTC).date()", "row['at'].date()")] == [[1]] * 3
    assert [found(one) for one in ("one.made_at.year", "row['handed_in_at'].month", "row['at'].year")] == [[1]] * 3
    assert [found(one) for one in ("day_of(one.made_at).year", "row['on'].year")] == [[], []]
    assert [found(one) for one in ("now.astimezone(zone).date()", "datetime.now(zone).date()")] == [[], []]
    places = [path for top in TOPS for path in (ROOT / top).rglob("*.py")]
    wrong = {str(path.relative_to(ROOT)): found(path.read_text(encoding="utf-8")) for path in places}
    assert {name: lines for name, lines in wrong.items() if lines} == {}


# --- the run of tests -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("ci", "workers", "code"), [("true", "0", 1), ("true", "1", 1), ("", "1", 0), ("0", "0", 0)])
def test_in_ci_a_skipped_test_fails_the_run(tmp_path: Path, ci: str, workers: str, code: int) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_a(): pass\ndef test_b(): pytest.skip('no database')\n"
        "@pytest.mark.xfail\ndef test_c(): assert False\n",
        encoding="utf-8",
    )
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "xdist",
        "-p",
        "tests.plugins",
        "-c",
        "/dev/null",
        "--rootdir",
        str(tmp_path),
    ]
    environ = {
        **os.environ,
        "CI": ci,
        "PYTHONPATH": str(ROOT),
        "PYTEST_ADDOPTS": "",
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    run = subprocess.run(
        [*command, "-n", workers, str(tmp_path)], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert (run.returncode, "in CI nothing may be" in run.stdout) == (code, code == 1), run.stdout + run.stderr
