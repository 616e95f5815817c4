"""What is said about studios, in sentences. A standard is quoted with what is asked and what there is."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "studio_leader_title": N_(
        "Standard: the leader holds a title of craftsman or skill leader, or a medal. "
        "The register of honours knows none."
    ),
    "studio_years": N_("Standard: whole years at work, at least %(asked)s. Since its founding: %(has)s."),
    "studio_results": N_("Standard: results, at least %(asked)s. Innovations marked as its results: %(has)s."),
    "studio_trainings": N_("Standard: trainings a year, at least %(asked)s. Stated: %(has)s."),
    "studio_upgraded": N_("Standard: members who rose a skill grade, at least %(asked)s. Stated: %(has)s."),
    "studio_fund": N_("Standard: %(asked)s yuan of funds a year. There are %(has)s."),
    "studio_place_empty": N_("Standard: a fixed place. Say where it is."),
    "studio_rules_empty": N_("Standard: written rules. Say what they lay down."),
    "studio_topics_empty": N_("Enter at least one topic that it works on."),
    "studio_step_late": N_("This cannot be done now: it has moved on. Reload to see where it stands."),
    "studio_changed": N_(
        "Somebody changed it while you were writing. What you typed is still here: compare it with what stands there "
        "now, and send it again."
    ),
    "studio_changed_meanwhile": N_("It changed after it was asked. Reject this, and have it asked again."),
    "studio_list_empty": N_("The list is empty: rank at least one application first."),
    "studio_list_places": N_("The list has more than your places: %(count)s on it, places: %(places)s."),
    "studio_list_closed": N_("The list is handed in. Whoever called can give it back."),
    "studio_lists_none": N_(
        "No channel has handed its list in, so nothing could be chosen. Wait for the lists, or give the call up."
    ),
    "studio_rank_form": N_("Ranks are whole numbers from 1, each given once."),
    "studio_call_name": N_("Give the call a name of at most %(most)s characters."),
    "studio_call_until": N_("Choose a last day for applications that is still to come."),
    "studio_call_term": N_("A name is given for 1 to %(most)s years."),
    "studio_call_places": N_("At least one channel has a place."),
    "studio_call_frozen": N_("The standards are frozen and hold for everybody who applied."),
    "studio_whole": N_("Enter a whole number from 0 to %(most)s."),
    "studio_name_empty": N_("Give the studio a name."),
    "studio_long": N_("At most %(most)s characters. Shorten it."),
    "studio_topics": N_("At most %(most)s topics, a line each, of at most %(length)s characters."),
    "studio_field": N_("Choose a branch of industry from the list."),
    "studio_day": N_("Enter a day, such as 2023-03-01."),
    "studio_day_to_come": N_("This day is still to come."),
    "studio_not_open": N_("This call takes no application from your unit now."),
    "studio_leader_twice": N_(
        "This person leads a studio already. One person leads one; a named studio applies at a higher level on its own "
        "page."
    ),
    "studio_leader_elsewhere": N_("Its term ended, and its leader leads another studio by now. One person leads one."),
    "studio_rise_level": N_("It bears a name of this level already. Choose a call of a higher one."),
    "studio_rise_twice": N_("It applies at a higher level already. Go on with that application."),
    "studio_rise_begun": N_("The application is prepared with what your studio shows. Check it, then apply."),
    "studio_not_writable": N_("Nobody writes on it now: it is with its channel, on notice, or over."),
    "studio_late": N_("The last day of applications is over."),
    "studio_member_twice": N_("This person is in the studio already."),
    "studio_members_many": N_("At most %(most)s members."),
    "studio_member_until": N_("The last day is not before the first."),
    "studio_note": N_("Say what is missing, in at most %(most)s characters. The unit reads it."),
    "studio_none_chosen": N_("Choose what is to be named."),
    "studio_not_listed": N_("%(name)s is on no list that was handed in."),
    "studio_below_now": N_("%(name)s does not meet every standard any more. Open it to see which."),
    "studio_below_noticed": N_(
        "%(name)s does not meet every standard any more. Open it to see which, and say there that it is not named."
    ),
    "studio_none_noticed": N_("Nothing is on notice."),
    "studio_notice_open": N_("The notice has not run to its end, or an accepted objection is open."),
    "studio_notice_otherwise": N_(
        "The notice does not show every studio that is to be named. Choose again and notice them anew, or say of those "
        "it left out that they are not named."
    ),
    "studio_result_gone": N_(
        "“%(title)s” was withdrawn, merged or counted by another studio since this page was opened."
    ),
    "studio_document_empty": N_("Enter the number of the document."),
    "studio_renewal_early": N_("It may be renewed from %(day)s on."),
    "studio_at_risk": N_("Its name is at risk: it was below the standard or not assessed in %(years)s."),
    "studio_public_reason": N_("Say why, in at most %(most)s characters. Everyone reads it."),
    "studio_year": N_("Choose a year from %(first)s to %(last)s."),
    "studio_year_assessed": N_("This year is assessed already."),
    "studio_verdict": N_("Choose how the year was."),
    "studio_verdict_reason": N_("Say why. The unit reads it."),
    "studio_verdict_below": N_("It stayed below a yearly standard, so it was not good: choose another word."),
    "studio_word_missing": N_("Choose one of the acts that are offered."),
    "studio_call_made": N_("The call is kept as a draft. Freeze its standards to open it."),
    "studio_call_saved": N_("The standards are kept."),
    "studio_call_opened": N_(
        "The standards are frozen and public, and the call is open. Units apply, channels rank what they recommend; "
        "close lists once they are in."
    ),
    "studio_step_taken": N_("Done. The page shows where it stands now."),
    "studio_saved": N_("Kept. Nobody outside your unit reads it before you apply."),
    "studio_applied": N_("Applied. Your channel reads it now."),
    "studio_withdrawn": N_("The application is taken back. Its results are free for another one."),
    "studio_members_kept": N_("The members are kept."),
    "studio_linked": N_("It is kept whose result this is."),
    "studio_reported": N_("The year is reported. Whoever named the studio assesses it."),
    "studio_ranked": N_("The order is kept. Hand the list in when it is final."),
    "studio_list_in": N_("The list is handed in."),
    "studio_list_back": N_("The list is given back; the channel draws it up anew."),
    "studio_given_back": N_("It is given back. The unit reads what is missing."),
    "studio_not_named": N_("It is kept that it is not named. The unit reads why."),
    "studio_noticed": N_("The notice is drafted. A second person reads it before it is opened."),
    "studio_act_asked": N_("A second person was asked to confirm."),
    "studio_assessed": N_("The verdict is kept. The unit reads it."),
    "todo_studios_title": N_("Innovation studios"),
    "todo_studios_back": N_("Applications for studios given back to be completed: %(count)s."),
    "todo_studios_report": N_("Years of your studios still to be reported: %(count)s."),
    "todo_studios_rank": N_("Applications for studios that wait for your list: %(count)s."),
    "todo_studios_assess": N_("Studios that wait for the verdict on a year: %(count)s."),
    "todo_studios_risk": N_("Studios at risk of losing their name: %(count)s."),
    "todo_studios_ending": N_("Studios whose term ends within three months: %(count)s."),
}
