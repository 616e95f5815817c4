"""All of the organiser's pages."""

from competitions.routes.organiser_cards import HANDLERS as CARDS
from competitions.routes.organiser_competitions import HANDLERS as COMPETITIONS
from competitions.routes.organiser_contests import HANDLERS as CONTESTS
from competitions.routes.organiser_entries import HANDLERS as ENTRIES
from competitions.routes.organiser_freezing import HANDLERS as FREEZING
from competitions.routes.organiser_panel import HANDLERS as PANEL
from competitions.routes.organiser_roster import HANDLERS as ROSTER
from competitions.routes.organiser_schemes import HANDLERS as SCHEMES
from competitions.routes.organiser_workers import HANDLERS as WORKERS

HANDLERS = [*COMPETITIONS, *CONTESTS, *SCHEMES, *FREEZING, *ROSTER, *ENTRIES, *PANEL, *CARDS, *WORKERS]
