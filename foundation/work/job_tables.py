"""Long work and how far it is. Columns and their meaning only."""

from piccolo.columns import Boolean, Integer, Serial, Text, Timestamptz, Varchar
from piccolo.table import Table


class Job(Table, tablename="job"):
    """One long piece of work: who asked for it, how far it is, and from where to go on."""

    id: Serial
    kind = Varchar(length=64)  # foundation.work.jobs.Kind.code
    args = Text()  # canonical JSON, frozen at the start
    state = Text()  # canonical JSON: from where a process goes on after another died
    started_by = Integer()  # account; 0: the registry itself
    stage = Varchar(length=16)  # foundation.work.jobs.Stage
    done = Integer(default=0)
    total = Integer(default=0)  # 0 while nobody knows
    cancel_asked = Boolean(default=False)
    attempts = Integer(default=0)  # how many processes took it without saying afterwards how far they came
    created_at = Timestamptz()
    due_at = Timestamptz()  # not to be taken before
    leased_until = Timestamptz(null=True, default=None)  # a process works on it until then; it renews this meanwhile
    lease = Varchar(length=32)  # random hex of that process's turn; empty when nobody works on it
    ended_at = Timestamptz(null=True, default=None)
    result = Varchar(length=200)  # the address of what was made, where there is something to see
    problem = Varchar(length=64)  # code of the sentence that says why it failed
    problem_params = Text()  # canonical JSON: the values of that sentence


TABLES: list[type[Table]] = [Job]
