"""The log: one JSON object a line, a traceback without values, and no personal data in it."""

import json

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
