"""What the test processes of one run make once and share: folders below pytest's base folder.

kept = made_once(shared_folder(tmp_path_factory) / "demonstration", make)      # make(folder) fills it
"""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run that all its test processes have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, filled by whoever came first; the others wait at a lock. It is there as a whole or not at all.

    What `make` raised is told to everyone who asks, and nobody waits for it to be tried again.
    """
    failure = folder.with_suffix(".failed")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if failure.exists():
            raise AssertionError(failure.read_text(encoding="utf-8"))
        if not folder.exists():
            draft = folder.with_suffix(".draft")
            draft.mkdir()
            try:
                make(draft)
            except Exception as error:
                failure.write_text(f"{folder.name} could not be made: {error}", encoding="utf-8")
                raise
            draft.rename(folder)
    return folder
