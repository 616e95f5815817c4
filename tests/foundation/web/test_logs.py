"""The log: one JSON object a line, a traceback without values, and no personal data in it."""

import io
import json
import sys

from foundation.base.settings import Settings
from foundation.web import errors, logs


def test_a_fault_is_logged_with_its_place_and_without_any_value(capsys):
    logs.configure(Settings.from_env().log_level)
    name = "饶㛃"
    try:
        raise KeyError("work number")
    except KeyError as error:
        errors.log.error("fault", exc_info=error, request_id="0123456789ab")
    line = capsys.readouterr().err
    logged = json.loads(line)
    assert (logged["event"], logged["request_id"]) == ("fault", "0123456789ab")
    assert logged["exception"][0]["exc_type"] == "KeyError"
    assert logged["exception"][0]["frames"][0]["name"] == "test_a_fault_is_logged_with_its_place_and_without_any_value"
    assert name not in line


def test_a_standard_error_that_was_closed_meanwhile_ends_nobody(capsys, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", closed := io.StringIO())
        logs.configure("INFO")
        errors.log.error("before")
        closed.close()
    errors.log.error("after")
    assert json.loads(capsys.readouterr().err)["event"] == "after"
