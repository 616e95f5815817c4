"""What is said about masters and apprentices, talks, and past years, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "guild_long": N_("At most %(most)s characters."),
    "guild_day": N_("Enter the day as 2026-05-08."),
    "guild_name_empty": N_("Enter the person's name."),
    "guild_nobody": N_(
        "Nobody called %(name)s is among your workers. Write the whole name, or enter them on the page “Workers” first."
    ),
    "guild_nobody_shown": N_("No craftsman called %(name)s has a public page. Write the whole name."),
    "guild_several": N_("Several are called %(name)s: choose below who is meant."),
    "guild_changed_meanwhile": N_(
        "Somebody changed this while you were writing. What you typed is still here: compare it with what stands "
        "there now, and send it again."
    ),
    "apprentice_skill_empty": N_("Say what is taught."),
    "apprentice_days_order": N_("The last day comes after the first."),
    "apprentice_years_many": N_("At most %(most)s years."),
    "apprentice_is_master": N_("Nobody is their own apprentice."),
    "apprentice_in_a_ring": N_(
        "The master learnt from this person, directly or through others; so they cannot be the apprentice."
    ),
    "apprentice_many": N_("The master has %(most)s apprentices already, and that is as many as at one time."),
    "apprentice_again": N_("For this skill the two have an agreement that runs."),
    "apprentice_result_empty": N_("Say what came of it."),
    "apprentice_is_running": N_("The agreement runs."),
    "apprentice_is_completed": N_("The agreement is completed already."),
    "apprentice_is_ended": N_("The agreement was ended early already."),
    "apprentice_agreed": N_("The agreement is written down. Upload the signed paper when you have it."),
    "apprentice_saved": N_("The agreement is saved."),
    "apprentice_signed": N_("The signed paper is kept."),
    "apprentice_completed": N_("The agreement is completed."),
    "apprentice_ended": N_("The agreement was ended early."),
    "talk_topic_empty": N_("Enter the topic."),
    "talk_place_empty": N_("Enter the place."),
    "talk_contact_empty": N_("Enter who answers questions."),
    "talk_kind": N_("Choose where it goes."),
    "talk_audience": N_("Enter a whole number of attendances, from 1 to %(most)s."),
    "talk_time": N_("Enter the time as 14:30."),
    "talk_hours_order": N_("It ends after it begins."),
    "talk_hours_long": N_("At most %(most)s hours."),
    "talk_past": N_("This time has passed."),
    "talk_far": N_("At most a year ahead."),
    "talk_hours_taken": N_("At these hours the craftsman speaks elsewhere. Choose other hours."),
    "talk_reason_empty": N_("Say why; the other side reads it."),
    "talk_not_yet": N_("It has not begun yet. Enter the audience after it was held."),
    "talk_over": N_("The time has passed; ask the host for another day."),
    "talk_is_asked": N_("It was asked for, and not answered yet."),
    "talk_is_agreed": N_("It was agreed to already."),
    "talk_is_refused": N_("It was refused already."),
    "talk_is_held": N_("It was held already."),
    "talk_is_cancelled": N_("It was called off already."),
    "talk_asked": N_("Asked. The answer stands here, and the list shows it."),
    "talk_agreed": N_("Agreed. The host sees it."),
    "talk_refused": N_("Refused. The host reads why."),
    "talk_cancelled": N_("Called off. The other side reads why."),
    "talk_held": N_("The audience is entered."),
    "todo_apprenticeship_ends": N_("The agreement of master and apprentice ends: enter the result"),
    "todo_talk_answer": N_("A craftsman is asked to speak: agree or refuse"),
    "todo_talk_count": N_("A talk was held: enter the audience"),
    "todo_talk_refused": N_("The talk was refused: read why, and ask somebody else or for another day"),
}
