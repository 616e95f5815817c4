"""What can be wrong with circulars and announcements, and on their way to being issued, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "publishing_other_text": N_("This was changed after you opened the page. Please read it again, then decide."),
    "hand_over_papers": N_("drafts of circulars, announcements and notices: %(count)s"),
    "publishing_at_draft": N_("This is a draft again: it was sent back or taken back meanwhile. Reload the page."),
    "publishing_at_review": N_("This is being reviewed now. Reload the page to see what can be done."),
    "publishing_at_signing": N_(
        "This was reviewed and waits for signing off. Reload the page to see what can be done."
    ),
    "publishing_at_issued": N_("This was issued already and is never edited. Withdraw it, or issue a correction."),
    "publishing_at_withdrawn": N_("This was withdrawn. What was withdrawn stays as it is."),
    "publishing_own": N_("You wrote on this draft, so somebody else reviews it and signs it off."),
    "publishing_not_own": N_("Only those who wrote on this draft can take it back."),
    "publishing_field_unknown": N_("There is no field “%(field)s” to send back."),
    "document_number_empty": N_("Enter the document number, such as 赣工发〔2026〕12号."),
    "document_number_form": N_(
        "“%(number)s” is not a document number. It looks like 赣工发〔2026〕12号, for announcements also 2026年第3号."
    ),
    "document_number_taken": N_("The document number “%(number)s” is taken. Check the register of numbers."),
    "withdrawal_reason_empty": N_("Say why it is withdrawn. Readers see this reason."),
    "circular_title_empty": N_("Enter the title."),
    "circular_text_empty": N_("The text is still empty."),
    "circular_text_long": N_("At most %(most)s characters fit here."),
    "circular_contact_missing": N_("Give a contact with name and phone, so that units know whom to ask."),
    "circular_phone_form": N_("“%(phone)s” is not a phone number."),
    "circular_deadline_form": N_("“%(date)s” is not a date and time such as 2026-10-18 and 17:30."),
    "circular_addressee_missing": N_("Choose whom it is addressed to."),
    "circular_addressee_unknown": N_("Choose an organisation at or below the one that issues the circular."),
    "circular_other_unknown": N_("No union at or below yours has exactly the name, short name or code “%(name)s”."),
    "circular_other_several": N_("Several unions are called “%(name)s”. Enter the union's code instead."),
    "circular_kind_unknown": N_("There is no kind of organisation “%(kind)s”."),
    "circular_opens_form": N_("“%(opens)s” is no reference. It looks like contest:2026-1-03."),
    "reference_not_yours": N_("There is no “%(reference)s” that belongs to your organisation or to one below it."),
    "circular_opens_unnamed": N_("Say in words what is opened, so that readers understand the link."),
    "circular_changed_meanwhile": N_(
        "Somebody saved this draft after you opened it. What you typed is kept below; compare it with the draft."
    ),
    "circular_withdrawn": N_("This circular was withdrawn. There is nothing to sign for any more."),
    "circular_signed_already": N_("Your unit signed for this circular already."),
    "attachments_many": N_("At most %(most)s files hang on one document. Pack several into one ZIP."),
    "attachment_none_chosen": N_("Tick the files that are to be removed."),
    # what was done
    "document_drafted": N_("The draft is saved. Nobody else sees it before it is handed in."),
    "document_saved": N_("The draft is saved."),
    "document_handed_in": N_("Handed in. A reviewer sees it on their desk now."),
    "document_taken_back": N_("Taken back. It is a draft again."),
    "document_sent_back": N_("Sent back, with what is to be mended."),
    "document_passed_on": N_("Passed on for signing off."),
    "document_signed": N_("Signed off and issued. It can be read from now on."),
    "document_withdrawn": N_("Withdrawn. It stays readable, with the reason."),
    "document_attached": N_("The file is attached."),
    "document_detached": N_("The files are removed from the draft."),
    "circular_received": N_("Signed for. The issuing union sees it at once."),
    # what waits
    "todo_circular_receive": N_("Read and sign for this circular"),
    "todo_circular_review": N_("Review this draft of a circular"),
    "todo_circular_sign": N_("Sign off this circular"),
    "todo_circular_returned": N_("Sent back to you: %(count)s fields to mend, then hand it in again"),
    "todo_circular_late": N_("The deadline has passed and %(count)s units have not signed"),
    "todo_announcement_review": N_("Review this draft of an announcement"),
    "todo_announcement_sign": N_("Sign off this announcement"),
    "todo_announcement_returned": N_("Sent back to you: %(count)s fields to mend, then hand it in again"),
    # the reminder that an officer copies, always in Chinese
    "reminder_heading": N_("Reminder to sign for the circular “%(title)s”"),
    "reminder_opening": N_(
        "The circular “%(title)s” (%(number)s) was issued on %(issued)s. "
        "By %(now)s the following %(count)s units have not signed for it:"
    ),
    "reminder_to": N_("To all units concerned:"),
    "reminder_more": N_("and %(count)s more"),
    "reminder_deadline": N_("Please sign for it in the system under “Received” and answer by %(deadline)s."),
    "reminder_no_deadline": N_("Please sign for it in the system under “Received” as soon as you can."),
    "reminder_contact": N_("Contact: %(name)s, phone %(phone)s."),
}
