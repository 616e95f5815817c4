"""The pages of innovations, one file an audience; the application takes them all from here."""

from typing import Any

import innovations.innovation_filling
import innovations.proposal_sheets  # noqa: F401 - declares what units may hand in as a sheet
from innovations.routes.api_exhibitions import HANDLERS as API_EXHIBITIONS
from innovations.routes.api_library import HANDLERS as API_LIBRARY
from innovations.routes.api_photographs import HANDLERS as API_PHOTOGRAPHS
from innovations.routes.api_proposals import HANDLERS as API_PROPOSALS
from innovations.routes.api_reviews import HANDLERS as API_REVIEWS
from innovations.routes.api_studios import HANDLERS as API_STUDIOS
from innovations.routes.api_subsidies import HANDLERS as API_SUBSIDIES
from innovations.routes.author import HANDLERS as AUTHOR
from innovations.routes.benefit_totals import HANDLERS as BENEFIT_TOTALS
from innovations.routes.benefits import HANDLERS as BENEFITS
from innovations.routes.exhibition_office import HANDLERS as EXHIBITION_OFFICE
from innovations.routes.exhibition_public import HANDLERS as EXHIBITION_PUBLIC
from innovations.routes.feeds import HANDLERS as FEEDS
from innovations.routes.innovation_reward import HANDLERS as INNOVATION_REWARD
from innovations.routes.library import HANDLERS as LIBRARY
from innovations.routes.library_maps import HANDLERS as LIBRARY_MAPS
from innovations.routes.public import HANDLERS as PUBLIC
from innovations.routes.reviews import HANDLERS as REVIEWS
from innovations.routes.same_as import HANDLERS as SAME_AS
from innovations.routes.saved_searches import HANDLERS as SAVED_SEARCHES
from innovations.routes.search import HANDLERS as SEARCH
from innovations.routes.spreads import HANDLERS as SPREADS
from innovations.routes.studio_assessing import HANDLERS as STUDIO_ASSESSING
from innovations.routes.studio_channel import HANDLERS as STUDIO_CHANNEL
from innovations.routes.studio_office import HANDLERS as STUDIO_OFFICE
from innovations.routes.studio_public import HANDLERS as STUDIO_PUBLIC
from innovations.routes.studio_unit import HANDLERS as STUDIO_UNIT
from innovations.routes.subsidy_checking import HANDLERS as SUBSIDY_CHECKING
from innovations.routes.subsidy_earlier import HANDLERS as SUBSIDY_EARLIER
from innovations.routes.subsidy_office import HANDLERS as SUBSIDY_OFFICE
from innovations.routes.subsidy_public import HANDLERS as SUBSIDY_PUBLIC
from innovations.routes.subsidy_unit import HANDLERS as SUBSIDY_UNIT
from innovations.routes.unit import HANDLERS as UNIT
from innovations.routes.unit_compared import HANDLERS as UNIT_COMPARED
from innovations.routes.unit_doors import HANDLERS as UNIT_DOORS
from innovations.routes.unit_innovation_acts import HANDLERS as INNOVATION_ACTS
from innovations.routes.unit_innovation_files import HANDLERS as INNOVATION_FILES
from innovations.routes.unit_innovations import HANDLERS as INNOVATIONS
from innovations.routes.unit_paper import HANDLERS as UNIT_PAPER
from innovations.routes.unit_papers import HANDLERS as UNIT_PAPERS
from innovations.routes.worker import HANDLERS as WORKER

HANDLERS: list[Any] = [
    *API_EXHIBITIONS,
    *API_LIBRARY,
    *API_PHOTOGRAPHS,
    *API_PROPOSALS,
    *API_REVIEWS,
    *API_STUDIOS,
    *API_SUBSIDIES,
    *AUTHOR,
    *BENEFIT_TOTALS,
    *BENEFITS,
    *FEEDS,
    *INNOVATION_REWARD,
    *EXHIBITION_OFFICE,
    *EXHIBITION_PUBLIC,
    *LIBRARY,
    *LIBRARY_MAPS,
    *PUBLIC,
    *REVIEWS,
    *SAME_AS,
    *SAVED_SEARCHES,
    *SEARCH,
    *STUDIO_ASSESSING,
    *STUDIO_CHANNEL,
    *STUDIO_OFFICE,
    *STUDIO_PUBLIC,
    *STUDIO_UNIT,
    *SPREADS,
    *SUBSIDY_CHECKING,
    *SUBSIDY_EARLIER,
    *SUBSIDY_OFFICE,
    *SUBSIDY_PUBLIC,
    *SUBSIDY_UNIT,
    *UNIT,
    *UNIT_COMPARED,
    *UNIT_DOORS,
    *INNOVATION_ACTS,
    *INNOVATION_FILES,
    *INNOVATIONS,
    *UNIT_PAPER,
    *UNIT_PAPERS,
    *WORKER,
]
