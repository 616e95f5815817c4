"""Builds `.venv` from the lock files, once; a second call sees from a stamp that nothing changed.

Uses the standard library alone: it runs before anything is installed. Knows no package index; how packages
arrive is the business of installers.py.
"""

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.installers import Failed, Installer, choose_installer
from tools.progress import run_shown

ROOT = Path(__file__).resolve().parent.parent
# What each kind of environment holds: `dev` is `run` and what tests and checks need.
LOCKS = {"run": ("build.txt", "uv.txt", "run.txt"), "dev": ("build.txt", "uv.txt", "run.txt", "dev.txt")}


def main(arguments: list[str], insisted: bool) -> None:
    """Make `.venv` fit for "run" or "dev"; `insisted` where the person named the Python (PYTHON=...)."""
    kind = arguments[0] if arguments else "run"
    try:
        with only_one(ROOT):
            build(ROOT, kind, insisted)
    except Failed as failure:
        sys.exit(f"Setup stopped: {failure}")
    except KeyboardInterrupt:
        sys.exit("Setup was interrupted; the next make goes on from here.")


def build(root: Path, kind: str, insisted: bool) -> None:
    """Bring `.venv` up to what the lock files say. Raises Failed with a sentence for the person."""
    venv = root / ".venv"
    stamp = venv / "ganpo-setup.json"
    done = read_stamp(stamp)
    need = {part: fingerprint(root, part) for part in (*LOCKS, "checkout")}
    whole = usable(venv, done, root, insisted)
    missing = [part for part in ("checkout", kind) if not whole or done.get(part) != need[part]]
    if not missing:
        return

    refuse_read_only(root)
    if not whole:
        done = {"root": str(root), "python": make_venv(venv)}
    done = {part: value for part, value in done.items() if part not in missing}
    write_stamp(stamp, done)  # should this be interrupted, the next setup does these parts again
    installer = choose_installer(venv, root / "requirements")
    install(installer, root, kind, missing)
    done |= {part: need[part] for part in missing}
    if kind == "dev":
        done["run"] = need["run"]
    write_stamp(stamp, done)


def install(installer: Installer, root: Path, kind: str, missing: list[str]) -> None:
    if kind in missing:
        lock = root / "requirements" / LOCKS[kind][-1]
        count = lock.read_text(encoding="utf-8").count("==")
        print(f"Installing {count} packages {installer.manner} ...", flush=True)
        installer.install_locked(lock, count)
    if "checkout" in missing:
        installer.install_checkout(root)


def fingerprint(root: Path, part: str) -> str:
    """What this part of the environment was built from, as a hash."""
    digest = hashlib.sha256()
    if part == "checkout":
        project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        kept = [project.get("build-system"), project.get("project"), project.get("tool", {}).get("setuptools")]
        digest.update(json.dumps(kept, sort_keys=True).encode())
    for name in LOCKS.get(part, ()):
        digest.update((root / "requirements" / name).read_bytes())
    return digest.hexdigest()


def read_stamp(stamp: Path) -> dict[str, str]:
    """What an earlier setup finished; empty where there was none or it was interrupted."""
    try:
        return {str(key): str(value) for key, value in json.loads(stamp.read_text(encoding="utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        return {}


def write_stamp(stamp: Path, done: dict[str, str]) -> None:
    stamp.write_text(json.dumps(done, indent=1), encoding="utf-8")


def usable(venv: Path, done: dict[str, str], root: Path, insisted: bool) -> bool:
    """Whether `.venv` can be kept: finished once, not moved, its Python still there and the one asked for."""
    if done.get("root") != str(root) or not (venv / "bin" / "python").exists():
        return False
    return not insisted or done.get("python") == version()


def version() -> str:
    return ".".join(str(number) for number in sys.version_info[:3])


def refuse_read_only(root: Path) -> None:
    try:
        probe = root / f".venv-can-be-made-{os.getpid()}"
        probe.mkdir()
        probe.rmdir()
    except OSError as reason:
        raise Failed(
            f"{root} cannot be written to ({reason.strerror}), and .venv belongs there. "
            "Copy the checkout to a folder of your own and run make there."
        ) from reason


def make_venv(venv: Path) -> str:
    """A new environment of this Python in place of whatever was there; returns its version."""
    name = f"python{sys.version_info.major}.{sys.version_info.minor}"
    with_pip = importlib.util.find_spec("ensurepip") is not None
    if importlib.util.find_spec("venv") is None or not (with_pip or importlib.util.find_spec("pip")):
        raise Failed(f"this Python has no venv module. On Debian and Ubuntu: apt-get install {name}-venv")
    print(f"Making .venv with Python {version()} ...", flush=True)
    try:
        if venv.is_symlink() or venv.is_file():
            venv.unlink()
        elif venv.exists():
            shutil.rmtree(venv)
    except OSError as reason:
        raise Failed(f"the old {venv} could not be removed ({reason.strerror}): remove it yourself.") from reason
    options = [] if with_pip else ["--without-pip"]
    finished = run_shown([sys.executable, "-m", "venv", *options, str(venv)], "making .venv")
    if finished.code != 0:
        raise Failed(f"making .venv failed. Python's venv module said:\n{finished.tail()}")
    return version()


@contextmanager
def only_one(root: Path) -> Iterator[None]:
    """Two makes started together do not build the same `.venv` at once: the second waits and finds it done."""
    folder = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another make is setting up .venv; waiting for it ...", flush=True)
            fcntl.flock(folder, fcntl.LOCK_EX)
        except OSError:  # a file system without locks: then nobody waits
            pass
        yield
    finally:
        os.close(folder)
