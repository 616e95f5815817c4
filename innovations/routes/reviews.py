"""The pages of reviews, one list of all audiences'."""

from typing import Any

from innovations.routes.review_chair import HANDLERS as CHAIR
from innovations.routes.review_channel import HANDLERS as CHANNEL
from innovations.routes.review_office import HANDLERS as OFFICE
from innovations.routes.review_office_deciding import HANDLERS as DECIDING
from innovations.routes.review_office_entries import HANDLERS as ENTRIES
from innovations.routes.review_public import HANDLERS as PUBLIC
from innovations.routes.review_reviewer import HANDLERS as REVIEWER
from innovations.routes.review_unit import HANDLERS as UNIT

HANDLERS: list[Any] = [*PUBLIC, *OFFICE, *ENTRIES, *DECIDING, *CHANNEL, *REVIEWER, *CHAIR, *UNIT]
