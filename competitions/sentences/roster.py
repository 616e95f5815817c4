"""What can be wrong with a list of contestants, with entries and with the panel."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "link_nothing": N_("Choose at least one contestant to link."),
    "contestants_linked": N_("The contestants you chose are linked to the registry's workers."),
    "contestant_unlinked": N_("The link was taken back."),
    # lines of a list
    "roster_empty": N_("There is nobody in this list. Paste the lines of your spreadsheet, or choose a file."),
    "roster_name_empty": N_("Line %(line)s: the name is missing."),
    "roster_name_number": N_("Line %(line)s: “%(name)s” is no name. Put the heading 姓名 above the column of names."),
    "roster_unit_empty": N_("Line %(line)s: the unit of %(name)s is missing."),
    "roster_text_long": N_("Line %(line)s: “%(text)s…” is longer than %(most)s characters."),
    "roster_character_lost": N_(
        "Line %(line)s: a character of “%(text)s” got lost on the way. Type it in here, or save the list as UTF-8."
    ),
    "roster_group_empty": N_("Line %(line)s: the group is missing. The groups are %(groups)s."),
    "roster_group_unknown": N_("Line %(line)s: there is no group “%(group)s”. The groups are %(groups)s."),
    "roster_no_groups": N_("Line %(line)s: the contest has no groups, so “%(group)s” cannot stand here."),
    "roster_work_number": N_(
        "Line %(line)s: “%(work_number)s” is no work number: 1 to 20 letters, digits, dots and dashes."
    ),
    "roster_twice": N_(
        "Line %(line)s: %(name)s of %(unit)s stands in line %(first)s already. "
        "If they are two people, tell them apart in the name, for instance by the workshop."
    ),
    "roster_differs": N_(
        "Line %(line)s: %(name)s is on the list already as %(work_number)s, with another city, group or work number."
    ),
    "roster_already": N_("Line %(line)s: %(name)s is on the list already as %(work_number)s."),
    "roster_number_twice": N_("Line %(line)s: the work number %(work_number)s stands in line %(first)s already."),
    "roster_number_taken": N_("Line %(line)s: the work number %(work_number)s belongs to somebody on the list."),
    "roster_changed": N_("The list is not the one that was checked. Look at it once more, then add it."),
    "roster_published": N_("The results are published; the list no longer changes."),
    # one entry
    "contestant_name_empty": N_("Enter the person's name."),
    "contestant_name_number": N_("“%(name)s” is no name."),
    "contestant_unit_empty": N_("Enter the unit."),
    "contestant_text_long": N_("“%(text)s…” is longer than %(most)s characters."),
    "contestant_character_lost": N_("A character of “%(text)s” got lost. Type it in again."),
    "contestant_twice": N_("Somebody of this name and unit is on the list already."),
    "entry_stays": N_("Marking is open, so entries stay. Record the entry as absent or withdrawn instead."),
    "fact_changed_meanwhile": N_(
        "Somebody recorded “%(now)s” here after you opened this page. Save once more to put yours in its place."
    ),
    "facts_changed_meanwhile": N_("Somebody else recorded something here at the same moment. Please save once more."),
    "facts_published": N_("The results are published; what is recorded of an entry no longer changes."),
    "status_missing": N_("Choose the status."),
    "time_wrong": N_("“%(time)s” is no time. Write minutes and seconds like 12:05.5, or hours like 1:02:05."),
    "points_wrong": N_("“%(points)s” is no number of points: a plain decimal with at most 3 digits after the point."),
    "coefficient_wrong": N_(
        "%(aspect)s: “%(text)s” is no difficulty: a plain decimal above 0, at most %(most)s, "
        "with at most 6 digits after the point."
    ),
    "coefficient_not_taken": N_(
        "%(aspect)s takes no difficulty: the scheme was amended after you opened this page. Nothing was saved; "
        "what you entered elsewhere is still here. Look it over and save again."
    ),
    "penalty_negative": N_("A penalty is never negative."),
    "codes_nobody": N_("There is nobody on the list yet, so there are no codes to issue."),
    "codes_confirm": N_("Tick the box first: the codes that were handed out stop working."),
    # seats
    "judge_unknown": N_(
        "No account was found for “%(sign_in)s”. Type the name with which the judge signs in; a phone number "
        "finds only people of your own union and below it. A union officer creates accounts."
    ),
    "judge_sees_names": N_("%(name)s can see the contestants' names here and therefore cannot judge."),
    "judge_twice": N_("%(name)s has a seat in this contest already."),
    "judge_missing": N_("Enter the judge's account."),
    "chief_of_many": N_("There is one chief judge: seat that person alone."),
    "chief_twice": N_("%(judge)s is the chief judge already. Take that away first."),
    "seat_empty": N_("Choose at least one aspect, or make this the chief judge."),
    "seat_aspect_unknown": N_("The scheme has no aspects %(aspects)s."),
    "seat_work_unknown": N_("There are no works %(works)s."),
    "seat_no_works": N_("Choose the works, or let the judge mark every work."),
    "seat_has_marks": N_("%(judge)s has given marks, so the seat stays."),
    "seat_marked_aspects": N_("Marks were given here for %(aspects)s, so these aspects stay."),
    "seat_marked_works": N_("Marks were given here to works %(works)s, so these works stay."),
    "seats_published": N_("The results are published; the panel no longer changes."),
    # is the panel complete
    "panel_no_entries": N_("There are no entries yet. Add the roster."),
    "panel_no_chief": N_("Nobody is the chief judge yet. Make one seat the chief judge's."),
    "panel_many_chiefs": N_("There is one chief judge, not several: %(names)s."),
    "seat_without_aspects": N_("%(judge)s marks nothing yet. Choose aspects, or remove the seat."),
    "seat_without_works": N_("%(judge)s marks chosen works, and none are chosen."),
    "seat_stale_aspects": N_("%(judge)s is to mark %(aspects)s, which the scheme no longer has."),
    "panel_wrong_everywhere": N_("%(aspect)s is marked by %(wanted)s judges; it has %(have)s."),
    "panel_wrong_for": N_("%(aspect)s is marked by %(wanted)s judges; works %(works)s have %(have)s."),
    "panel_nobody": N_("%(aspect)s is marked by nobody yet."),
    "panel_nobody_for": N_("%(aspect)s is marked by nobody for works %(works)s."),
    "panel_too_many": N_("%(aspect)s is marked by at most %(wanted)s judges; it has %(have)s."),
    "panel_too_many_for": N_("%(aspect)s is marked by at most %(wanted)s judges; works %(works)s have %(have)s."),
}
