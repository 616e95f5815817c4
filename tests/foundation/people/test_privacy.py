"""Sealing: what only its owner may know, the keys that do it, and sealing everything anew."""

import base64
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from piccolo.conf.apps import Finder

from foundation.base.problem import Problem, Refused
from foundation.base.settings import Settings
from foundation.people import keyring, privacy
from ganpo import app  # every package that seals a column registers it on import


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GANPO_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("GANPO_KEYS", raising=False)
    return tmp_path / "home"


def problems_of(work) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refusal:
        work()
    return refusal.value.problems


@pytest.mark.parametrize("text", ["36000019900307123X", "13800001234", "龚䶮饶㛃程𠮷", "x" * 5000])
def test_what_was_sealed_opens_again(home, text):
    sealed = privacy.seal(text)
    assert privacy.opened(sealed) == text
    assert text not in sealed
    assert privacy.seal(text) != sealed


def test_nothing_stays_nothing(home):
    assert (privacy.seal(""), privacy.opened("")) == ("", "")


def test_text_that_was_changed_is_refused(home):
    sealed = privacy.seal("13800001234")
    for place in (12, len(sealed) // 2, len(sealed) - 3):
        other = "A" if sealed[place] != "A" else "B"
        changed = sealed[:place] + other + sealed[place + 1 :]
        assert problems_of(lambda changed=changed: privacy.opened(changed)) == (Problem("privacy_changed"),)
    for junk in (privacy.key_of(sealed) + ".", privacy.key_of(sealed) + ".龚", privacy.key_of(sealed)):
        assert problems_of(lambda junk=junk: privacy.opened(junk)) == (Problem("privacy_changed"),)


def test_a_seal_cannot_be_passed_off_as_another_key_s(home):
    old = privacy.seal("13800001234")
    newest = keyring.add()
    moved = newest + "." + old.partition(".")[2]
    assert problems_of(lambda: privacy.opened(moved)) == (Problem("privacy_changed"),)


def test_a_missing_key_is_named(home):
    assert problems_of(lambda: privacy.opened("0badc0de.AAAA")) == (
        Problem("privacy_key_missing", params={"key": "0badc0de"}),
    )


def test_the_same_text_is_found_again_only_within_its_kind(home):
    one = privacy.keyed_hash("phone", "13800001234")
    assert one == privacy.keyed_hash("phone", "13800001234")
    assert len({one, privacy.keyed_hash("id_number", "13800001234"), privacy.keyed_hash("phone", "13800001235")}) == 3
    keyring.add()
    assert privacy.keyed_hash("phone", "13800001234") == one  # a new key for sealing changes no hash


def test_the_file_is_for_its_owner_only_and_stays(home):
    privacy.seal("x")
    file = home / "keys"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    before = file.read_bytes()
    keyring.make(file)
    assert file.read_bytes() == before
    assert [path.name for path in home.iterdir()] == ["keys"]


def test_of_processes_that_start_at_once_all_use_the_same_keys(home):
    script = "from foundation.people import privacy; print(privacy.keyed_hash('phone', '13800001234'))"
    environment = {**os.environ, "GANPO_HOME": str(home)}
    started = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, env=environment) for _ in range(4)
    ]
    said = {process.communicate(timeout=60)[0] for process in started}
    assert said == {privacy.keyed_hash("phone", "13800001234").encode() + b"\n"}


def test_another_process_s_new_key_is_known_at_once(home):
    privacy.seal("x")
    script = "from foundation.people import keyring, privacy; keyring.add(); print(privacy.seal('13800001234'), end='')"
    sealed = subprocess.check_output(
        [sys.executable, "-c", script], env={**os.environ, "GANPO_HOME": str(home)}, text=True
    )
    assert privacy.opened(sealed) == "13800001234"
    assert privacy.key_of(privacy.seal("y")) == privacy.key_of(sealed)


def test_keys_may_come_from_the_setting(home, monkeypatch):
    ring = keyring.fresh()
    monkeypatch.setenv("GANPO_KEYS", ring.text().splitlines()[1] + "," + ring.text().splitlines()[2])
    assert privacy.opened(privacy.seal("x")) == "x"
    assert not (home / "keys").exists()
    assert problems_of(keyring.add) == (Problem("privacy_keys_in_setting"),)


@pytest.mark.parametrize("text", ["", "hash:short", "nonsense", "hash:" + "A" * 43 + "=", "\xff"])
def test_keys_that_cannot_be_read_are_refused_and_never_replaced(home, text):
    home.mkdir()
    (home / "keys").write_text(text, encoding="latin-1")
    file = str(home / "keys")
    assert problems_of(lambda: privacy.seal("x")) == (Problem("privacy_keys_unreadable", params={"place": file}),)
    assert (home / "keys").read_text(encoding="latin-1") == text


def test_a_half_made_change_of_keys_is_told(home):
    privacy.seal("x")
    (home / "keys.new").touch()
    assert problems_of(keyring.add) == (Problem("privacy_keys_busy", params={"place": str(home / "keys.new")}),)


def test_the_newest_key_cannot_be_dropped(home):
    privacy.seal("x")
    only = keyring.current().newest[0]
    assert problems_of(lambda: keyring.drop(only)) == (Problem("privacy_key_newest", params={"key": only}),)
    assert problems_of(lambda: keyring.drop("0badc0de")) == (
        Problem("privacy_key_unknown", params={"key": "0badc0de"}),
    )


def test_keys_are_in_no_repr(home, monkeypatch):
    ring = keyring.current()
    monkeypatch.setenv("GANPO_KEYS", ring.text())
    shown = repr(ring) + repr(Settings.from_env()) + str(ring)
    for key in (ring.hash_key, ring.newest[1]):
        assert base64.urlsafe_b64encode(key).decode() not in shown
        assert repr(key) not in shown


def test_every_sealed_column_is_registered():
    assert app.create_app
    named = {
        (table._meta.tablename, column._meta.name)
        for table in Finder().get_table_classes()
        for column in table._meta.columns
        if column._meta.name.endswith("_sealed")
    }
    registered = {(column._meta.table._meta.tablename, column._meta.name) for column in privacy.SEALED}
    assert named - registered == set()
