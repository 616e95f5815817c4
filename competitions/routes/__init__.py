"""The pages of competitions, one file an audience; the application takes them all from here."""

from competitions.routes.api import HANDLERS as API
from competitions.routes.chief import HANDLERS as CHIEF
from competitions.routes.judging import HANDLERS as JUDGING
from competitions.routes.organiser import HANDLERS as ORGANISER
from competitions.routes.public import HANDLERS as PUBLIC
from competitions.routes.publishing import HANDLERS as PUBLISHING

HANDLERS = [*ORGANISER, *JUDGING, *CHIEF, *PUBLISHING, *PUBLIC, *API]
