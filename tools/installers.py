"""The two ways packages arrive in `.venv`: uv where it works, pip otherwise, both from the same hashed locks.

Both honour how this machine reaches its package index. uv does not read pip's configuration, so pip is asked for
it and it is handed on in uv's own variables; what the person set for uv (UV_*) stays as it is.
"""

import ast
import importlib.util
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.progress import Finished, run_shown

# pip's option -> uv's variable, and what joins several values. Booleans and the rest are handled in uv_settings.
SAME_IN_UV = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "client-cert": ("SSL_CLIENT_CERT", " "),
    "keyring-provider": ("UV_KEYRING_PROVIDER", " "),
    "proxy": ("ALL_PROXY", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", " "),
    "no-index": ("UV_NO_INDEX", " "),
}
OLDER_NAMES = {"UV_DEFAULT_INDEX": "UV_INDEX_URL", "UV_INDEX": "UV_EXTRA_INDEX_URL"}


class Failed(Exception):  # noqa: N818 - setup's answer to the person, shown without a traceback
    """Setup cannot go on; the text is a sentence for the person."""


@dataclass(frozen=True, slots=True)
class Installer:
    """How to install into one `.venv`: pip always, uv before it where it works."""

    python: Path
    pip: tuple[str, ...]
    uv: str = ""
    uv_environment: Mapping[str, str] | None = None

    @property
    def manner(self) -> str:
        return "with uv (about 5 s)" if self.uv else "with pip (about 40 s)"

    def install_locked(self, lock: Path, count: int) -> None:
        """Install exactly what a lock file names; anything whose hash differs is refused. Raises Failed."""
        self._install(["--require-hashes", "--no-deps", "-r", str(lock)], "installing", pip_progress(count))

    def install_checkout(self, root: Path) -> None:
        """Put the checkout itself on the path and its command into `.venv/bin`. Raises Failed."""
        self._install(["--no-deps", "--no-build-isolation", "-e", str(root)], "adding the checkout")

    def _install(self, what: list[str], saying: str, measure: Callable[[str], str] = lambda _: "") -> None:
        if self.uv:
            command = [self.uv, "pip", "install", "--python", str(self.python), *what]
            finished = run_shown(command, saying, environment=self.uv_environment)
            if finished.code == 0:
                return
            print(f"uv could not do it, so pip does (uv said: {last_line(finished)}).", flush=True)
        at_once = {**os.environ, "PYTHONUNBUFFERED": "1"}  # or `measure` would see what pip printed too late
        finished = run_shown([*self.pip, "install", *what], saying, environment=at_once, measure=measure)
        if finished.code != 0:
            raise Failed(
                f"pip could not finish {saying}. Is the package index reachable, and the disk not full? "
                f"pip said:\n{finished.tail()}"
            )


def choose_installer(venv: Path, requirements: Path) -> Installer:
    """pip, and uv before it unless GANPO_INSTALLER=pip says no or uv does not run here. Raises Failed."""
    python = venv / "bin" / "python"
    pip = pip_command(venv, python)
    just_pip = Installer(python, pip)
    settings = uv_settings(pip_settings(pip), os.environ)
    if os.environ.get("GANPO_INSTALLER") != "pip" and settings is not None:
        print("Fetching uv, which installs faster than pip ...", flush=True)
        uv = venv / "bin" / "uv"
        locks = ("-r", str(requirements / "build.txt"), "-r", str(requirements / "uv.txt"))
        hashed = ("install", "--require-hashes", "--no-deps", "--only-binary", ":all:")
        got = run_shown([*pip, *hashed, *locks], "fetching uv")
        if got.code == 0 and answers([str(uv), "--version"]):
            return Installer(python, pip, str(uv), {**os.environ, **settings})
        print("uv is not to be had here, so pip does the work.", flush=True)
    just_pip.install_locked(requirements / "build.txt", 1)
    return just_pip


def pip_command(venv: Path, python: Path) -> tuple[str, ...]:
    """The pip inside `.venv`; where Python came without ensurepip, the machine's own pip aimed at `.venv`."""
    quiet = ("--disable-pip-version-check", "--no-input")
    if (venv / "bin" / "pip").exists():
        return (str(python), "-m", "pip", *quiet)
    if importlib.util.find_spec("pip") is not None:
        return (sys.executable, "-m", "pip", "--python", str(python), *quiet)
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    raise Failed(f"this Python has no pip. On Debian and Ubuntu: apt-get install {name}-venv")


def pip_settings(pip: tuple[str, ...]) -> dict[str, str]:
    """What pip.conf and PIP_* say about installing, as pip itself reads them: option -> value."""
    listed = subprocess.run([*pip, "config", "list"], capture_output=True, text=True, check=False)
    return read_settings(listed.stdout)


def read_settings(listed: str) -> dict[str, str]:
    """Read the lines of `pip config list`. The environment beats the [install] section, which beats [global]."""
    sections: dict[str, dict[str, str]] = {"global": {}, "install": {}, ":env:": {}}
    for line in listed.splitlines():
        name, equals, value = line.partition("=")
        section, _, option = name.rpartition(".")
        if equals and section in sections:
            sections[section][option] = str(ast.literal_eval(value))
    return sections["global"] | sections["install"] | sections[":env:"]


def uv_settings(pip: Mapping[str, str], environment: Mapping[str, str]) -> dict[str, str] | None:
    """uv's variables that mean the same as pip's options; None where pip has one whose meaning uv would miss."""
    if {"constraint", "config-settings", "target", "prefix", "only-final"} & pip.keys():
        return None
    settings: dict[str, str] = {"UV_NO_PROGRESS": "1", "UV_PYTHON_DOWNLOADS": "never"}
    for option, value in pip.items():
        variable, joint = SAME_IN_UV.get(option, ("", ""))
        if variable and OLDER_NAMES.get(variable, variable) not in environment:
            settings[variable] = joint.join(value.split())
    if "UV_INDEX_STRATEGY" not in environment:
        # pip looks in every index. uv would stop at the first that has the name, with another version perhaps;
        # the hashes in the locks keep a stranger's package of the same name out.
        settings["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in settings.items() if name not in environment}


def pip_progress(count: int) -> Callable[[str], str]:
    """Reads how far pip is from what it prints."""

    def measure(printed: str) -> str:
        if "Installing collected packages" in printed:
            return "all fetched"
        collected = printed.count("Collecting ")
        return f"{min(collected, count)} of {count}" if collected else ""

    return measure


def answers(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def last_line(finished: Finished) -> str:
    lines = [line.strip() for line in finished.output.splitlines() if line.strip()]
    return lines[-1] if lines else f"exit code {finished.code}"
