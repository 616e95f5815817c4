"""What can be wrong in this package, and what is said after an act, in sentences: one dictionary of all parts'."""

from innovations.sentences.api import SENTENCES as API
from innovations.sentences.benefits import SENTENCES as BENEFITS
from innovations.sentences.exhibitions import SENTENCES as EXHIBITIONS
from innovations.sentences.innovations import SENTENCES as INNOVATIONS
from innovations.sentences.proposals import SENTENCES as PROPOSALS
from innovations.sentences.reviews import SENTENCES as REVIEWS
from innovations.sentences.search import SENTENCES as SEARCH
from innovations.sentences.spreads import SENTENCES as SPREADS
from innovations.sentences.studios import SENTENCES as STUDIOS
from innovations.sentences.subsidies import SENTENCES as SUBSIDIES

SENTENCES: dict[str, str] = {
    **API,
    **BENEFITS,
    **EXHIBITIONS,
    **INNOVATIONS,
    **PROPOSALS,
    **REVIEWS,
    **SEARCH,
    **STUDIOS,
    **SPREADS,
    **SUBSIDIES,
}
