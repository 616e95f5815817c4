"""What the test processes of one run make once and share: folders below pytest's base folder.

kept = made_once(shared_folder(tmp_path_factory) / "demonstration", make)      # make(folder) fills it
"""

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest


def shared_folder(factory: pytest.TempPathFactory) -> Path:
    """The folder of this run that all its test processes have in common."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


def made_once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, filled by whoever came first; the others wait at a lock. It is there as a whole or not at all.

    Where `make` raises, nothing is kept: that test fails, and the next one tries again.
    """
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            draft = folder.with_suffix(".draft")
            shutil.rmtree(draft, ignore_errors=True)
            draft.mkdir()
            make(draft)
            draft.rename(folder)
    return folder
