"""What can be wrong with objections, in sentences, and what is said when something was done."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "objection_text_empty": N_("Say what you object to, and why."),
    "objection_named": N_("Choose whether you give your name."),
    "objection_name_empty": N_("Enter your name, or choose to object without one."),
    "objection_contact_empty": N_("Enter a phone number or an address at which you can be reached."),
    "objection_long": N_("At most %(most)s characters."),
    "objection_early": N_("At that time the notice did not run yet."),
    "objection_late": N_("The notice does not run any more, so objections to it are no longer taken here."),
    "objection_received_form": N_("Enter the day as 2026-10-18."),
    "objection_received_later": N_("This day is still to come."),
    "objection_channel": N_("Choose how the objection came."),
    "objection_paused": N_(
        "Too many objections came from your network just now. Nothing you typed is lost: "
        "send it again in %(minutes)s minutes, or phone or write to the address on the notice."
    ),
    "objection_step_late": N_(
        "This cannot be done any more: the objection has moved on. Reload to see where it stands."
    ),
    "objection_step_empty": N_("Choose what to do."),
    "objection_accept_empty": N_("Say why the objection is accepted."),
    "objection_refuse_empty": N_("Say why the objection is not accepted. The objector reads it."),
    "objection_check_empty": N_("Say who checks what."),
    "objection_answer_empty": N_("Write the answer. The objector reads it."),
    "objection_outcome": N_("Choose what the check found."),
    "objection_unnamed": N_("This objection came without a name."),
    "objection_opening_reason": N_("Say why you need to know who objects. It is kept with your name."),
    "objection_code_empty": N_("Enter the code of your receipt."),
    "objection_code_wrong": N_("This code is not known. Compare it with your receipt, letter by letter."),
    "objection_code_paused": N_(
        "Too many wrong codes came from here. Please wait %(minutes)s minutes, then try again."
    ),
    "objection_accepted": N_("Accepted. What the notice is about must wait for the answer."),
    "objection_refused": N_("Not accepted. The objector can read your reason with the receipt."),
    "objection_checking": N_("The check is on record."),
    "objection_answered": N_("Answered. The objector can read it with the receipt."),
    "objection_closed": N_("The objection is closed."),
    "todo_objections_decide": N_("Decide whether to accept: %(count)s."),
    "todo_objections_answer": N_("Accepted objections that wait for an answer: %(count)s."),
    "todo_objections_close": N_("Answered objections to be closed: %(count)s."),
}
