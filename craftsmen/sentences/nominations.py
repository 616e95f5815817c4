"""What is said about nominations, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "nomination_choice": N_("Choose one of the answers that are offered."),
    "nomination_long": N_("At most %(most)s characters; these are %(length)s."),
    "nomination_lines": N_("At most %(most)s lines; these are %(count)s."),
    "nomination_line_long": N_("Line %(line)s is longer than %(most)s characters (%(length)s)."),
    "nomination_team_empty": N_("Write what the team is called."),
    "nomination_summary_empty": N_("Write the summary of what was achieved."),
    "nomination_story_short": N_("The story has %(length)s characters; this round asks for at least %(least)s."),
    "nomination_question_open": N_("Not answered yet: %(question)s (%(basis)s)"),
    "nomination_question_against": N_("By this answer the person cannot be nominated: %(question)s (%(basis)s)"),
    "nomination_question_bare": N_("Say in a few words what shows it: %(question)s (%(basis)s)"),
    "nomination_again": N_("%(name)s is nominated in this round already."),
    "nomination_title_held": N_("%(name)s holds the title %(title)s already; it is given once."),
    "nomination_own_not_here": N_(
        "In this round people do not nominate themselves. Ask the union of your unit to nominate you."
    ),
    "nomination_no_channel": N_(
        "%(unit)s stands below no channel of this round, so nobody could pass its nominations on. Ask the "
        "office of the round."
    ),
    "nomination_list_closed": N_("%(channel)s has handed in its ranked list; nobody can be added to it."),
    "nomination_round_closed": N_("%(round)s takes no such step now."),
    "nomination_holder_person": N_("In this round persons are nominated, no teams."),
    "nomination_holder_team": N_("In this round teams are nominated, no persons."),
    "nomination_unit_closed": N_("%(unit)s is closed; nothing is nominated by it."),
    "nomination_changed_meanwhile": N_(
        "Somebody changed this nomination while you were writing. What you typed is still here: compare it "
        "with what stands there now, and save again."
    ),
    "nomination_notice_days": N_("Give the first and the last day of the notice, the first not after the last."),
    "nomination_notice_future": N_("The notice has not ended yet. Enter its days when it has."),
    "nomination_handed_over_already": N_("You have handed this to your unit already; your unit goes on with it."),
    "nominations_will_move": N_("%(count)s nominations go along."),
    "nominations_of_both": N_("Both are nominated in one round. Withdraw one of the two nominations first."),
    "nomination_at_draft": N_("It is being written again: it was sent back, or taken back. Look at the page anew."),
    "nomination_at_congress": N_("It waits for the workers' congress. Look at the page anew."),
    "nomination_at_unit_notice": N_("It is in the unit's notice. Look at the page anew."),
    "nomination_at_county": N_("It is with the county union now. Look at the page anew."),
    "nomination_at_channel": N_("It is with its channel now. Look at the page anew."),
    "nomination_at_province": N_("It is with the federation for first review now. Look at the page anew."),
    "nomination_at_panel": N_("It is before the panel now."),
    "nomination_at_notice": N_("It is in the public notice now."),
    "nomination_at_second": N_("It is in second review now."),
    "nomination_at_proposed": N_("It is proposed for conferral now."),
    "nomination_at_conferred": N_("The title has been conferred."),
    "nomination_at_not_chosen": N_("It ended in this round: not chosen."),
    "nomination_at_withdrawn": N_("It was withdrawn."),
    "nomination_no_way_on": N_("There is no further stage."),
    "nomination_by_list": N_("From the channel it goes on with the ranked list: order the list and hand it in."),
    "nomination_by_decision": N_("From here on the decision about all of them takes it further, not a single step."),
    "nomination_own_hand": N_(
        "You wrote on this nomination, or handed it in at an earlier stage yourself. Somebody else audits it;"
        " if you are the only one, ask the union above."
    ),
    "nomination_field_unknown": N_("There is no part called %(field)s to send back."),
    "nomination_reason_empty": N_("Say in a sentence why."),
    "nomination_moved_meanwhile": N_("%(name)s stands elsewhere meanwhile. Look at the list anew."),
    "nominations_none": N_("None was chosen."),
    "nominations_two_rounds": N_("These belong to different rounds."),
    "nomination_late": N_(
        "This stage was to be left by %(due)s. If it shall still go on, the office of the round moves the day"
        " by an amendment."
    ),
    "nomination_due_soon": N_("This stage is to be left by %(due)s."),
    "nomination_scan_unread": N_("Its text or its papers changed since the privacy scan. Run the scan."),
    "nomination_scan_open": N_("The scan found something that should not be there. Mend it, or say why it may stay."),
    "nomination_notice_missing": N_(
        "The unit's notice of %(days)s working days is not there yet: open one here, or enter the days of the"
        " one on your wall."
    ),
    "nomination_notice_running": N_("The unit's notice still runs."),
    "nomination_notice_short": N_("The notice on paper was up for fewer than %(days)s working days."),
    "nomination_notice_held": N_("An accepted objection to the unit's notice is still open."),
    "nomination_notice_unknown_year": N_(
        "The working days of that year are not known here yet. An officer of the federation enters them on "
        "the page “Working days”."
    ),
    "nomination_not_ranked": N_("It has no place in the channel's list yet."),
    "material_missing": N_("Missing: %(name)s"),
    "material_outdated": N_(
        "The data changed after “%(name)s” was printed: compare the stamped paper, or print and stamp it again."
    ),
    "opinion_missing": N_("No opinion yet: %(name)s"),
    "opinion_expired": N_("The opinion ended on %(until)s and has to be asked for again: %(name)s"),
    "opinion_against": N_("The opinion is against it: %(name)s"),
    "opinion_soon": N_("The opinion ends on %(until)s: %(name)s"),
    "outcome_reason_empty": N_("Write in two sentences why."),
    "outcome_rule_empty": N_("Name the rule."),
    "outcome_advice_empty": N_("Write what would help next time."),
    "outcome_reason_short": N_("At least %(least)s characters: the person should understand it."),
    "outcome_long": N_("At most %(most)s characters, please."),
    "outcome_harsh": N_("Put “%(word)s” in other words: the person reads it as you write it."),
    "scan_changed_meanwhile": N_("Papers were added while they were read. Run the scan again."),
    "scan_reason_empty": N_("Tick what may stay, and say why."),
    "scan_must_go": N_("%(shown)s must not stand in a text: it is somebody's number. Take it out and save."),
    "opinion_body_empty": N_("Say which office it was."),
    "opinion_text_empty": N_("It is against it: write what the office said."),
    "opinion_day": N_("The day lies in the future, or years back."),
    "nomination_day": N_("Write a day as 2026-05-08."),
    "nomination_begun": N_("Begun. What the registry knows stands in it already."),
    "nomination_saved": N_("Saved."),
    "nomination_go_on": N_("Taken further. This is the next file."),
    "nomination_send_back": N_("Sent back."),
    "nomination_leave_out": N_("Told to the unit and the worker."),
    "nomination_withdraw": N_("Withdrawn."),
    "nomination_notice_kept": N_("The days of the notice are kept."),
    "nomination_paper_in": N_("The paper is in."),
    "nomination_picture_in": N_("The picture is in."),
    "nomination_picture_off": N_("The picture is taken off."),
    "nomination_picture_role": N_("Say whether it is the portrait or a photograph."),
    "nomination_pictures_many": N_("There are %(most)s photographs already; take one off first."),
    "nomination_opinion_kept": N_("The opinion is kept."),
    "nomination_scanned": N_("Done. What is still open stands here."),
    "list_kept": N_("The order is kept."),
    "list_handed_in": N_("The list is handed in."),
    "ranking_changed_meanwhile": N_("The list changed while you looked at it. Look at it anew."),
    "ranking_handed_in": N_("This list was handed in already."),
    "ranking_empty": N_("Nobody has a place yet."),
    "ranking_places": N_("The list has %(count)s, and the channel %(places)s places."),
    "ranking_special": N_("%(name)s: at most %(most)s in the whole round, %(used)s of them are taken."),
    "ranking_blocked": N_("%(name)s is not complete yet. Missing: %(count)s."),
    "ranking_untold": N_(
        "Without a place on the list: %(count)s (%(names)s). Give them one, send them back, or say why not."
    ),
    "book_let_go": N_("That book is not kept any more. It can be made again here, with what stands there today."),
    "book_large": N_("More than %(most)s candidates stand here: a book holds no more."),
    "book_empty": N_("Nobody stands before the federation or its panel any more."),
    "own_nominate": N_("%(round)s: nominate yourself"),
    "todo_nomination_returned": N_("Sent back for completion: mend the named parts."),
    "todo_nominations_unit": N_("Nominations are with your unit: complete them and take them further."),
    "todo_nomination_not_chosen": N_("Not chosen in this round: read why, and what would help next time."),
    "todo_nominations_county": N_("Nominations wait for the county's audit."),
    "todo_nominations_channel": N_("Nominations wait for the channel's audit."),
    "todo_nominations_province": N_("Nominations wait for first review."),
    "todo_nominations_rank": N_("Order the channel's list and hand it in."),
}
