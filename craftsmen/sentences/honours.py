"""What is said about honours, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    # --- titles ---
    "title_code_empty": N_("Give the title a code; it stands in the addresses of its honours."),
    "title_code_wrong": N_("A code is made of small letters, digits and hyphens, such as worker-pioneer."),
    "title_code_taken": N_("Another title has this code."),
    "title_code_stays": N_("A title's code, and who can hold it, stay as they are: honours refer to them."),
    "title_name_empty": N_("Say how the title is called."),
    "title_body_empty": N_("Say which body confers the title."),
    "title_choice": N_("Choose one of those offered."),
    "title_position": N_("The place in the order is a number up to %(most)s."),
    "title_closed": N_("No new honours of “%(title)s” can be given: the title is closed."),
    # --- what an honour must be ---
    "honour_name_empty": N_("Say who holds the title."),
    "honour_text_long": N_("This is longer than %(most)s characters."),
    "honour_date_wrong": N_("This is no date. Write 2026, 2026-05 or 2026-05-01."),
    "honour_date_future": N_("That day is still to come."),
    "honour_date_ambiguous": N_("%(text)s can mean January or October: write 2025-01 or 2025-10."),
    "honour_edition_wrong": N_("An edition is a number up to %(most)s."),
    "honour_gender_unknown": N_("The gender is female, male, or empty."),
    "honour_for_team": N_("This title is for teams: name the team, and its people as members."),
    "honour_for_person": N_("This title is for one person, who has no members."),
    "honour_members_many": N_("A team has at most %(most)s members here."),
    "honour_member_name": N_("Each member needs a name of at most %(most)s characters."),
    "honour_title_unknown": N_("There is no such title."),
    "honour_unit_unknown": N_("There is no such unit in the registry."),
    "honour_document_empty": N_("Give the number of the document that confers it."),
    "honour_public_reason_empty": N_("Give the reason that everyone will read."),
    "honour_reason_empty": N_("Give the reason for the files."),
    "honour_nothing_changed": N_("Nothing would change: the honour says this already."),
    # --- where it stands ---
    "honour_is_proposed": N_("The honour of %(name)s is only proposed: it has not been conferred."),
    "honour_is_declined": N_("The honour proposed for %(name)s was not conferred, and stays so."),
    "honour_is_conferred": N_("The honour of %(name)s is conferred already."),
    "honour_is_revoked": N_("The honour of %(name)s has been revoked."),
    "honour_is_renounced": N_("%(name)s has given this honour back."),
    "honour_is_undone": N_("This honour of %(name)s was registered by mistake, and that was undone."),
}
