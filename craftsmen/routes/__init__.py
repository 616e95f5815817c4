"""The pages of craftsmen, one file an audience; the application takes them all from here."""

from typing import Any

from craftsmen.routes import (
    cases,
    honours,
    lists,
    nomination_boards,
    nomination_files,
    nomination_own,
    nomination_own_pictures,
    nomination_pictures,
    nomination_prints,
    nominations,
    own_honours,
    round_choosing,
    round_rules,
    rounds,
    rounds_public,
    titles,
)
from craftsmen.routes.api import HANDLERS as API
from craftsmen.routes.apprenticeships import HANDLERS as APPRENTICESHIPS
from craftsmen.routes.conferral import HANDLERS as CONFERRAL
from craftsmen.routes.feeds import HANDLERS as FEEDS
from craftsmen.routes.keepsakes import HANDLERS as KEEPSAKES
from craftsmen.routes.own import HANDLERS as OWN
from craftsmen.routes.panel_files import HANDLERS as PANEL_FILES
from craftsmen.routes.panel_member import HANDLERS as PANEL_MEMBER
from craftsmen.routes.panel_office import HANDLERS as PANEL_OFFICE
from craftsmen.routes.panel_votes import HANDLERS as PANEL_VOTES
from craftsmen.routes.profiles import HANDLERS as PROFILES
from craftsmen.routes.public import HANDLERS as PUBLIC
from craftsmen.routes.talks import HANDLERS as TALKS

HANDLERS: list[Any] = [
    *PUBLIC, *KEEPSAKES, *FEEDS, *API, *PROFILES, *OWN, *APPRENTICESHIPS, *TALKS,
    *honours.HANDLERS, *cases.HANDLERS, *lists.HANDLERS, *titles.HANDLERS, *own_honours.HANDLERS,
    *rounds.HANDLERS, *round_rules.HANDLERS, *round_choosing.HANDLERS, *rounds_public.HANDLERS,
    *PANEL_MEMBER, *PANEL_FILES, *PANEL_VOTES, *PANEL_OFFICE, *CONFERRAL,
    *nominations.HANDLERS, *nomination_boards.HANDLERS, *nomination_prints.HANDLERS, *nomination_own.HANDLERS,
    *nomination_own_pictures.HANDLERS, *nomination_pictures.HANDLERS, *nomination_files.HANDLERS,
]  # fmt: skip
