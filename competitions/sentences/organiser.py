"""What can be wrong while a contest is prepared, and what is said when an organiser's act is done."""

from competitions.sentences.organiser_done import DONE
from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "changed_meanwhile": N_(
        "Somebody else saved this meanwhile: %(now)s. Your words are still here; save again to put them in its place."
    ),
    "hand_over_competitions": N_("competitions run for this organisation: %(count)s"),
    **DONE,
    # competitions and contests
    "competition_title_empty": N_("Enter the competition's title."),
    "contest_title_empty": N_("Enter the contest's title."),
    "occupation_empty": N_("Enter the occupation."),
    "occupation_code_form": N_(
        "An occupation code looks like 6-18-02-04, not “%(code)s”. Leave it blank if there is none."
    ),
    "text_long": N_("This has at most %(most)s characters."),
    "units_many": N_("At most %(most)s units can stand here."),
    "unit_long": N_("“%(unit)s…” is longer than 200 characters. Write one unit on each line."),
    "year_wrong": N_("Enter the year in four digits, such as 2026, not “%(year)s”."),
    "year_fixed": N_("The year %(year)s stands in the competition's address and cannot be changed."),
    "level_missing": N_("Choose the class of the competition."),
    "date_wrong": N_("“%(date)s” is no date. Write it like 2026-07-01."),
    "ends_before_start": N_("The last day comes before the first."),
    "group_long": N_("“%(group)s…” is longer than 60 characters. Write one group on each line."),
    "groups_many": N_("A contest has at most %(most)s groups."),
    "group_twice": N_("The group “%(group)s” stands here twice."),
    "group_in_use": N_("Entries stand in the group “%(group)s”, so it cannot be taken away."),
    "entries_without_group": N_(
        "There are entries without a group already. "
        "Remove them from the roster before you divide the contest into groups."
    ),
    "contest_published": N_("The results are published; the contest's facts no longer change."),
    "preset_missing": N_("Choose the marking sheet to start from."),
    "start_missing": N_("Choose what the scheme starts from."),
    "earlier_missing": N_("Choose the earlier contest to start from."),
    "earlier_without_scheme": N_("This contest has no scheme yet. Choose another one."),
    "scheme_file_missing": N_("Choose the scheme file to start from."),
    "scheme_file_encoding": N_("The scheme file is not UTF-8 text. Save it as UTF-8 and upload it again."),
    "scheme_file_large": N_("A scheme file has at most %(most)s MB."),
    # who runs a competition
    "organiser_unknown": N_(
        "No organiser's account was found for “%(sign_in)s”. Type the name with which they sign in; a phone number "
        "finds only people of your own union and below it. A union officer creates accounts and makes organisers."
    ),
    "organiser_is_judge": N_("%(name)s judges a contest of this competition and must not see names."),
    "organiser_twice": N_("%(name)s runs this competition already."),
    "organiser_gone": N_("This account does not run the competition."),
    "organiser_last": N_("Somebody must run the competition: the last organiser stays."),
    # who sees what
    "names_shown_missing": N_("Choose whose names are shown."),
    "totals_shown_missing": N_("Choose whose totals are shown."),
    "awarded_places_wrong": N_("The number of awarded places is a whole number from 1 to %(most)s."),
    "bundle_needs_totals": N_(
        "The results bundle holds every total. Publish it only where all totals are shown, or keep it closed."
    ),
    "bundle_needs_why": N_(
        "The results bundle holds every mark of every work number. Publish it only where “why this score” is public, "
        "or keep it closed."
    ),
    "settings_published": N_("The results are published; who sees what of them no longer changes."),
    # the scheme's rows
    "scheme_rows_many": N_("A scheme has at most %(most)s aspects here."),
    "scheme_ties_many": N_("Equal totals are parted by at most %(most)s steps here."),
    "table_line": N_("“%(text)s” cannot be read. Write a grade and its points on each line, such as: Ⅰ = 40"),
    "table_key_twice": N_("The grade “%(key)s” stands here twice."),
    "key_line": N_(
        "“%(text)s” cannot be read. Write a reason and what it takes off on each line, such as: undercut, each 5 mm = 2"
    ),
    "key_twice": N_("The reason “%(text)s” stands here twice."),
    "key_above_max": N_("“%(text)s” takes off %(points)s, more than the %(max)s full marks."),
    "key_not_in_steps": N_("“%(text)s” takes off %(points)s, which is not a multiple of the step %(step)s."),
    "deduction_not_in_steps": N_(
        "The full marks %(max)s are not a multiple of the step %(step)s, so that not all of them could be taken off."
    ),
    "code_long": N_("A code has at most %(most)s characters; this one has %(length)s."),
    "code_unprintable": N_("A code holds letters, digits and signs only, no line breaks or hidden characters."),
    "grade_long": N_("A grade has at most %(most)s characters; this one has %(length)s."),
    "grade_unprintable": N_("A grade holds letters, digits and signs only, no line breaks or hidden characters."),
    "number_large": N_("This is at most %(most)s."),
    "void_twice": N_("A void condition stands here twice."),
    "note_long": N_("“%(text)s…” is longer than %(most)s characters."),
    "caution_weights": N_("The weights make %(sum)s together, not 1."),
    "caution_full_marks": N_("The full marks of the whole contest are %(total)s, not 100."),
    # freezing and amending
    "scheme_missing": N_("There is no scheme yet. Save one first."),
    "scheme_frozen_already": N_("The scheme is frozen. From now on it changes only by a dated amendment."),
    "draft_changed_meanwhile": N_(
        "Somebody saved another draft after you opened this page. Nothing you typed is lost: compare it with the saved "
        "draft in a second window; saving once more puts yours in its place."
    ),
    "scheme_changed_meanwhile": N_(
        "The scheme was changed after you opened this page. Read it once more, then freeze it."
    ),
    "amend_draft": N_("The scheme is not frozen yet; simply change the draft."),
    "amend_published": N_("The results are published; the scheme they were computed by no longer changes."),
    "amended_meanwhile": N_("Version %(version)s was made after you opened this page. Open the amendment again."),
    "amend_nothing": N_("Nothing in this amendment differs from the frozen scheme."),
    "amend_aspect_gone": N_("%(aspect)s has marks already (works %(works)s) and cannot be taken away."),
    "amend_mark_unfit": N_("%(aspect)s: the mark %(mark)s given to works %(works)s would no longer fit."),
    "amend_too_many_marks": N_("%(aspect)s: works %(works)s have more marks than the %(judges)s judges allowed."),
    "reason_empty": N_("Give the reason. It is published together with the amendment."),
    # opening
    "open_marking_draft": N_("Freeze the scheme before marking opens."),
    "open_marking_marking": N_("Marking is open already."),
    "open_marking_published": N_("The results are published; marking cannot open again."),
}
