"""What can be wrong in this package, and what is said after an act, in sentences: one dictionary of all parts'."""

from craftsmen.sentences.guild import SENTENCES as GUILD
from craftsmen.sentences.honours import SENTENCES as HONOURS
from craftsmen.sentences.nominations import SENTENCES as NOMINATIONS
from craftsmen.sentences.panel import SENTENCES as PANEL
from craftsmen.sentences.rounds import SENTENCES as ROUNDS
from craftsmen.sentences.showcase import SENTENCES as SHOWCASE

SENTENCES: dict[str, str] = {**HONOURS, **ROUNDS, **NOMINATIONS, **PANEL, **SHOWCASE, **GUILD}
