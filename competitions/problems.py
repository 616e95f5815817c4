"""What can be wrong in competitions, in sentences: one dictionary of all audiences' sentences."""

from competitions.sentences.cards import SENTENCES as CARDS
from competitions.sentences.judging import SENTENCES as JUDGING
from competitions.sentences.organiser import SENTENCES as ORGANISER
from competitions.sentences.publishing import SENTENCES as PUBLISHING
from competitions.sentences.roster import SENTENCES as ROSTER

SENTENCES: dict[str, str] = {**ORGANISER, **ROSTER, **JUDGING, **PUBLISHING, **CARDS}
