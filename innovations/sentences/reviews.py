"""What is said about reviews of innovations, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "review_name": N_("Give the review a name of at most %(most)s characters."),
    "review_whole": N_("Enter a whole number of at most three digits."),
    "review_day": N_("Enter a day."),
    "review_list_until": N_("Choose a last day for the lists that is still to come."),
    "review_extend": N_("Choose a day after the one that holds now."),
    "review_each": N_("From 1 to %(most)s reviewers look at each entry."),
    "review_awards_none": N_("Name at least one award."),
    "review_award": N_("Award %(place)s needs a name of at most 60 characters and a number above zero."),
    "review_award_nameless": N_("Give this award a name, or empty its whole row."),
    "review_award_twice": N_("The award “%(name)s” stands there twice."),
    "review_award_title": N_("The title of “%(name)s” cannot be given now, or is not for persons."),
    "review_award_unknown": N_("There is no award %(code)s in the rules."),
    "review_award_most": N_("“%(name)s” is given %(count)s times; the rules allow %(most)s."),
    "review_award_unranked": N_("%(code)s has no place, so it gets no award."),
    "review_days": N_("Marking takes 1 to 60 working days."),
    "review_notice_days": N_("A notice runs for 5 working days or more."),
    "review_places_none": N_("Give at least one channel a place."),
    "review_rubric": N_("The scoring sheet cannot be read. Things wrong in it: %(count)s."),
    "review_rubric_panel": N_("“%(name)s” must be marked by all %(each)s reviewers of an entry."),
    "review_rubric_line": N_(
        "Line %(line)s: write a code in capital letters, the name and the full marks, with spaces between. Each "
        "code once."
    ),
    "review_rubric_empty": N_("Write the scoring sheet, a line for each thing to be marked."),
    "review_rubric_long": N_("A scoring sheet has at most %(most)s lines."),
    "review_frozen": N_("The rules are frozen and hold for everybody who takes part."),
    "review_changed": N_(
        "Somebody changed this while you were writing. What you typed is still here: compare it with what stands "
        "there now, and send it again."
    ),
    "review_step_late": N_("This cannot be done now: things have moved on. Reload to see where they stand."),
    "review_word_missing": N_("Choose what to do."),
    "review_long": N_("At most %(most)s characters."),
    "review_nothing_entered": N_("Nothing was entered yet: no channel has handed its list in."),
    "review_lists_missing": N_(
        "Lists that are not handed in: %(count)s. Wait for them, or tick that you close without them: nobody opens "
        "entries again."
    ),
    "review_pick_none": N_("Tick at least one innovation."),
    "review_picked_already": N_("It stands in this review already."),
    "review_ranking": N_("The ranking names every innovation of the list once, from 1; on the list: %(count)s."),
    "review_list_in": N_(
        "The list is handed in. The office that runs the review can still give single innovations back."
    ),
    "review_list_empty": N_("Pick at least one innovation before you hand the list in."),
    "review_list_long": N_("Places: %(places)s; innovations on the list: %(count)s. Take some off."),
    "review_list_late": N_("The last day for lists is over. Ask the office that runs the review for more time."),
    "review_list_returned": N_("An innovation on the list is given back for completion. Wait for it, or take it off."),
    "review_not_ready": N_("“%(title)s” is not handed in, or another review has it."),
    "review_entry_late": N_("Things have moved on: this can no longer be done with this entry."),
    "review_return_until": N_("Choose a day that is not over yet."),
    "review_return_awarded": N_(
        "This innovation has an award, so its unit can write on it at any time. Ask for the next version, then go "
        "on with that."
    ),
    "review_nothing_newer": N_("The unit has handed nothing in since."),
    "review_reason_empty": N_("Say why; the unit reads it."),
    "review_named": N_("Name at most %(most)s people, a line each."),
    "review_calibration": N_("There is no awarded innovation under this number."),
    "review_account": N_("There is no account of this name."),
    "review_most": N_("A reviewer takes 1 to %(most)s entries."),
    "review_seats": N_("A review has at most %(most)s reviewers."),
    "review_seat_runs": N_(
        "Whoever runs reviews here reads whose each entry is, and this review hides that from reviewers. Seat somebody "
        "else."
    ),
    "review_chair_leaves": N_("Give the chair to somebody else first."),
    "review_chair_none": N_("Nobody takes the chair yet."),
    "review_nobody": N_("Seat reviewers first."),
    "review_not_drawn": N_(
        "Some entries have no reviewer at all. Draw reviewers first; where nobody is free of conflicts, add reviewers."
    ),
    "review_draw_again": N_("Something changed since reviewers were drawn, and somebody is in conflict. Draw again."),
    "review_short": N_(
        "Entries with fewer reviewers than the rules say: %(count)s. Add reviewers and draw again, or tick "
        "that you know."
    ),
    "review_still_returned": N_(
        "Entries still given back for completion: %(count)s. Go on with their newer version, or say that "
        "they are not admitted."
    ),
    "review_calendar": N_("The calendar does not know the working days until then. Enter the year first."),
    "review_note_empty": N_("Say in a few words what connects you with it. Only the chair and the office read this."),
    "review_handed_in": N_("This review is handed in already."),
    "review_marks_locked": N_("Marks are locked and do not change any more."),
    "review_no_mark": N_("Every line needs a mark. If you must keep out of this entry, say so below."),
    "review_mark_missing": N_("%(name)s: a mark is missing."),
    "review_opinion_empty": N_("Write a word for the authors: what is good, what they could still do."),
    "review_words_stale": N_(
        "Your words were changed in another window. What stood there before is shown below; what you typed is "
        "still here. Send it again to put it in its place."
    ),
    "review_reminded": N_(
        "There is nobody to remind now: everybody has handed in, or was reminded within the last day."
    ),
    "review_few": N_("Reviews of %(code)s so far: %(count)s. These are too few to be decided on."),
    "review_few_hidden": N_("An entry from which you keep out has too few reviews. The office sees to it."),
    "review_marks_changed": N_("Marks changed since you opened this page. Look at it once more, then lock."),
    "review_nothing_left": N_("Nothing is left to be ranked. The office that runs the review gives it up."),
    "review_waiting": N_("Some reviews are not handed in. Wait for them, or tick that you lock without them."),
    "review_decides_away": N_(
        "Entries of this review from which you keep out: %(count)s. Have somebody else of your union lead the meeting."
    ),
    "review_confirms_away": N_("You keep out of an entry of this review, so somebody else confirms it."),
    "review_out_of_order": N_(
        "%(code)s gets more than an entry that is placed before it or equal to it. Say why: its authors read it."
    ),
    "review_awards_undecided": N_("Decide at least one award first, or tick that none is given this time."),
    "review_awards_given": N_("The meeting decided on awards. Untick this, or take them back in the meeting."),
    "review_notice_long": N_("A notice shows at most %(most)s lines."),
    "review_notice_open": N_(
        "The public notice of what is decided must have run to its end, with no accepted objection open."
    ),
    "review_notice_otherwise": N_(
        "The notice showed other awards than those that are decided, or ran shorter than the rules of the review say. "
        "Go back to the meeting and draft it anew."
    ),
    "review_notice_stands": N_(
        "The notice tells of what you want to decide anew. Stop it first, or discard it where it is a draft; then go "
        "back to the meeting."
    ),
    "review_document_empty": N_("Enter the number of the document."),
    "review_decided_otherwise": N_(
        "What is decided was changed since this was asked. Have the decision asked for anew."
    ),
    "review_round_made": N_("The draft is kept. Freeze its rules to open the review."),
    "review_round_saved": N_("The rules are kept. Nobody else reads them before they are frozen."),
    "review_round_frozen": N_(
        "The rules are frozen and public, and the review is open. The channels are asked on their desks to pick and "
        "rank; look through what they enter, then close entries."
    ),
    "review_step_taken": N_("Done."),
    "review_extended": N_("Channels have more time now."),
    "review_seated": N_("The reviewers are kept."),
    "review_calibrated": N_("Everybody will review it. It wins nothing."),
    "review_picked": N_("They stand on the list now. Rank them, then hand the list in."),
    "review_list_kept": N_("The list is kept."),
    "review_list_handed_in": N_("The list is handed in. You are told nothing of the review before it is decided."),
    "review_marks_saved": N_("Your marks are saved."),
    "review_handed_in_next": N_("Handed in. Here is the next one."),
    "review_handed_in_all": N_("Handed in. All of yours are reviewed."),
    "review_declared_short": N_(
        "You keep out of it. Thank you for saying so; nobody else is free for it now, and the office sees to that."
    ),
    "review_declared": N_("You keep out of it. Thank you for saying so; somebody else was asked."),
    "review_reminders_sent": N_("They were reminded."),
    "review_given_on": N_("Somebody else was drawn, where there was anybody."),
    "review_locked_now": N_("The marks are locked; totals and places are computed."),
    "review_awards_kept": N_("What was decided is kept. It is nobody's to read before the notice."),
    "review_noticed": N_("The notice is drafted. A second person reviews it before it is opened."),
    "review_decision_asked": N_("A second person was asked to confirm the decision."),
    "review_named_kept": N_("It is kept. Reviewers of these names are not drawn."),
    "todo_reviews_title": N_("Reviews of innovations"),
    "todo_reviews_mark": N_("Entries that wait for your review: %(count)s."),
    "todo_reviews_done": N_("You review here; nothing waits for you now."),
    "todo_reviews_lock": N_("Everybody has reviewed: look over and lock the marks."),
    "todo_reviews_list": N_("Pick and rank innovations, and hand your list in."),
    "todo_reviews_close": N_("All lists are in: close entries."),
    "todo_reviews_late": N_(
        "The last day for lists is over. Lists that are missing: %(count)s. Close entries, or give more time."
    ),
    "todo_reviews_short": N_("Entries with too few reviewers: %(count)s. Seat somebody and draw for them."),
    "todo_reviews_overdue": N_(
        "The time to review is over. Reviews that are missing: %(count)s. Remind, or lock the marks."
    ),
    "todo_reviews_complete": N_("“%(title)s” was given back: complete it and hand it in again."),
    "todo_reviews_assign": N_("Seat reviewers, draw, and let them mark."),
    "todo_reviews_meeting": N_("The marks are locked: hold the meeting."),
    "todo_reviews_notice": N_("After the notice: ask for the decision."),
    "todo_reviews_completed": N_("Entries that were completed: %(count)s. Look at them and go on."),
}
