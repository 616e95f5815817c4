"""What can be wrong with a query, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "query_long": N_("A search has at most %(most)s characters; what stands behind them was left out."),
    "query_many": N_("A search has at most %(most)s words and fields; what stands behind them was left out."),
    "query_field_unknown": N_(
        "There is no field “%(name)s”. Fields are: %(fields)s. "
        "To look for a colon in a text, put quotation marks around."
    ),
    "query_value_missing": N_("Behind “%(name)s:” something to look for is missing; leave no space behind the colon."),
    "query_choice_unknown": N_("“%(name)s” has no “%(value)s”. Choices are: %(choices)s."),
    "query_year_bad": N_(
        "“%(value)s” is no year. Behind “%(name)s:” write 2024, 2023..2025, >=2023 or <2025, for example."
    ),
    "query_year": N_("Years behind “%(name)s:” are from %(first)s to %(last)s."),
    "query_amount_bad": N_(
        "“%(value)s” is no number. Behind “%(name)s:” write 5000, >100万, 10万..50万 or <=1.5亿, for example."
    ),
    "query_range_reversed": N_("In “%(name)s:%(value)s” the greater number stands first; turn the two round."),
    "query_minus_range": N_("A minus does not work before “%(name)s:”; ask for the other part of the range instead."),
}
