"""What can be wrong or done while judges mark and the chief judge locks, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "unlock_not_locked": N_("Work %(work)s is not locked, so there is no lock to take back."),
    "unlock_asked": N_("The request was passed on. Somebody of the competition's union confirms or rejects it."),
    # reading a sheet
    "sheet_unfinished": N_("The sheet did not arrive whole. Nothing was saved; please press save once more."),
    "sheet_amended": N_(
        "The scheme was amended while this sheet was open. Nothing was saved; what you entered is still here. "
        "Please look at each line again, then save."
    ),
    "sheet_sent_before": N_(
        "This sheet was sent once already. Nothing was saved this time; please press save once more."
    ),
    "mark_and_absent": N_("%(aspect)s: a mark and “no mark given” cannot both stand. Keep one of them."),
    "mark_is_word": N_("%(aspect)s: please enter a number here, and use the boxes for “no mark given” and void."),
    "pieces_not_whole": N_("%(aspect)s, %(reason)s: how often is a whole number from 0 to %(most)s, not %(text)s."),
    "pieces_and_none": N_("%(aspect)s: deductions are entered, yet “nothing to take off” is ticked. Keep one of them."),
    # a sheet that was changed elsewhere
    "mark_stale": N_(
        "%(aspect)s was changed elsewhere meanwhile: %(value)s is stored now. "
        "Your entry is still here; press save again to put it in place of the stored one."
    ),
    "mark_stale_absent": N_(
        "%(aspect)s was changed elsewhere meanwhile: “no mark given” is stored now. "
        "Your entry is still here; press save again to put it in place of the stored one."
    ),
    "mark_stale_void": N_(
        "%(aspect)s was changed elsewhere meanwhile: void is stored now. "
        "Your entry is still here; press save again to put it in place of the stored one."
    ),
    "mark_stale_blank": N_(
        "%(aspect)s was changed elsewhere meanwhile: the stored mark was taken back. "
        "Your entry is still here; press save again to store it."
    ),
    # when marks and locks are possible
    "marking_not_open": N_("Marking has not been opened yet."),
    "marking_over": N_("The results are published; marks can no longer be changed."),
    "entry_locked": N_("Marking of this entry was locked by the chief judge at %(at)s."),
    "entry_absent": N_("This entry is recorded as absent; it is not marked."),
    "entry_withdrawn": N_("This entry was withdrawn; it is not marked."),
    "entry_disqualified": N_("This entry was disqualified; it is not marked."),
    # locking
    "lock_again": N_("%(work)s is locked already."),
    "lock_conflict": N_("%(work)s cannot be locked yet: marks are in conflict and need to be looked at again."),
    "lock_incomplete": N_("%(work)s cannot be locked yet: marks are missing."),
    "lock_changed": N_("%(work)s: a mark was given after you opened this page. Nothing was locked; please look again."),
    "lock_unconfirmed": N_("Please tick that you have looked at these marks: locking is final here."),
    "lock_nothing": N_("No entry is ready to be locked."),
    # why an entry is not settled, for the chief judge
    "levels_apart": N_(
        "The levels are %(spread)s apart, and at most %(allowed)s is allowed: please look at the work again together."
    ),
    "marks_differ": N_("This is one agreed mark, and the sheets differ: %(marks)s. Please measure again together."),
    "not_yet_marked": N_("Not yet marked by %(judges)s."),
    "too_few_judges": N_("%(have)s judges are seated here, and %(wanted)s are needed. Please ask the organiser."),
    "too_few_marks": N_("%(given)s marks were given, and at least %(wanted)s are needed. Please ask the organiser."),
    # done
    "marks_saved": N_("Saved. Every mark on this sheet is stored."),
    "entry_lock_done": N_("Locked. The marks of this entry are final."),
    "entries_lock_done": N_("Locked. The marks of all complete entries are final."),
    # what waits for a person
    "todo_works_left": N_("Works still to mark: %(count)s."),
    "todo_conflicts": N_("Entries whose marks are in conflict: %(count)s. Please bring the judges together."),
    "todo_ready": N_("Entries ready to be locked: %(count)s."),
    "todo_incomplete": N_("Entries that judges are still marking: %(count)s."),
    "todo_freeze": N_("Next step: complete the scheme, the roster and the panel, then freeze the scheme."),
    "todo_open_marking": N_("Next step: check the panel and open marking."),
    "todo_publish": N_("Marking is under way. Next step: once every entry is locked, look at the results and publish."),
    # the ledger's check of the marks; seq is a record of the contest's stream
    "mark_edited": N_("%(stream)s, record %(seq)s: the mark it stands for was changed behind the ledger's back."),
    "mark_missing": N_("%(stream)s, record %(seq)s: the mark it stands for was deleted."),
    "mark_unrecorded": N_("%(stream)s: this mark is stored and has no record in the ledger."),
}
