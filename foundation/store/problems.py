"""What the store can refuse, as sentences. Knows codes and English; translations are in locales/*/store.po."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    # opening a database
    "database_url": N_(
        "The database address %(url)s is not understood. "
        "Use sqlite:///PATH for a file, or postgresql://USER@HOST/NAME for a PostgreSQL server."
    ),
    "database_file": N_("The database file %(path)s cannot be opened: %(why)s"),
    "database_wal": N_("SQLite cannot work safely on the file system of %(path)s. Choose a folder on a local disk."),
    "database_unreachable": N_("The PostgreSQL server cannot be reached: %(why)s"),
    "database_old": N_("%(name)s %(version)s is too old. At least version %(least)s is needed."),
    # writing
    "store_busy": N_("Too many people are saving just now. Nothing was saved; please try again in a few seconds."),
    "store_closing": N_("The registry is restarting. Nothing was saved; please try again in a minute."),
    # what is wrong with the ledger
    "ledger_missing": N_("%(stream)s, record %(seq)s: this record is missing; it was deleted."),
    "ledger_edited": N_("%(stream)s, record %(seq)s: this record was changed after it was written."),
    "ledger_broken": N_("%(stream)s, record %(seq)s: this record does not continue the one before it."),
    "ledger_cut": N_("%(stream)s, record %(seq)s: the end of this stream was cut off from here on."),
    "ledger_headless": N_("%(stream)s, record %(seq)s: the stream has records but its head is missing."),
    "ledger_head": N_("%(stream)s, record %(seq)s: the head of the stream does not match its last record."),
    "ledger_unreadable": N_("%(stream)s, record %(seq)s: this record cannot be read as a ledger record."),
    "ledger_rewritten": N_(
        "%(stream)s, record %(seq)s: this record differs from the file of heads; the stream was rewritten."
    ),
    "ledger_gone": N_("%(stream)s, record %(seq)s: the whole stream is missing, though the file of heads has it."),
    # the file of heads
    "heads_unreadable": N_("%(path)s cannot be read: %(why)s"),
    "heads_format": N_("%(path)s is not a file of ledger heads written by ganpo ledger heads."),
    "heads_folder": N_("The heads cannot be written to %(path)s: %(why)s"),
}
