"""What can be wrong with tokens of organisations' own systems, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "api_token_name": N_("Say which system will use it."),
    "api_token_name_long": N_("At most %(most)s characters."),
    "api_token_scopes": N_("Choose what the token may do."),
    "api_token_days": N_("Choose for how long it is good."),
    "api_tokens_many": N_(
        "An organisation has at most %(most)s tokens in force. Revoke one that no system uses any more."
    ),
    "api_tokens_end": N_("Tokens of its own systems that end: %(count)s."),
    "api_token_revoked": N_("Revoked. The token opens nothing any more."),
    "api_key_form": N_(
        "Every write needs an Idempotency-Key of 8 to 80 letters, digits or signs, chosen anew for each act and sent "
        "again with a retry."
    ),
    "api_key_again": N_(
        "This Idempotency-Key was used for something else within the last 24 hours. Choose another one."
    ),
}
