"""What can be wrong with a body that a program sends, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "api_is_text": N_("A text is expected here."),
    "api_is_number": N_("A whole number within its bounds is expected here."),
    "api_is_truth": N_("true or false is expected here."),
    "api_is_list": N_("A list is expected here, neither empty nor too long."),
    "api_is_day": N_("A day as 2026-05-08 is expected here."),
    "api_is_object": N_("An object is expected here."),
    "api_is_other": N_("What stands here is not of the kind that is described."),
    "api_ask": N_("This cannot be asked for here."),
    "api_unknown": N_("There is no such field."),
    "api_stale": N_("This changed after you read it. Read it again, and decide by what stands there now."),
    "api_missing": N_("This field is missing."),
}
