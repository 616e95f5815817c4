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
    "title_round_running": N_(
        "“%(round)s” is running for this title. Conclude or cancel it before you close the title."
    ),
    # --- what an honour must be ---
    "honour_name_empty": N_("Say who holds the title."),
    "honour_text_long": N_("This is longer than %(most)s characters."),
    "honour_date_wrong": N_("This is no date. Write 2026, 2026-05 or 2026-05-01."),
    "honour_date_future": N_("That day is still to come."),
    "honour_date_ambiguous": N_(
        "%(text)s can mean January or October: write the month with two digits, as in 2025-10."
    ),
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
    "honour_changed_meanwhile": N_("The honour was changed after this was asked: look at it, and ask anew."),
    # --- certificates ---
    "honour_certificate_none": N_("The holders of “%(title)s” get no certificate of ours."),
    "honour_certificate_stands": N_("The certificate of this honour is valid: no second one is given out."),
    "honour_certificate_series": N_(
        "No series of numbers is called “%(code)s” or “%(common)s” yet: add one to the certificates first."
    ),
    "honour_certificate_given": N_("The certificate was given out; it can be printed now."),
    # --- cases ---
    "case_ground": N_("Choose the ground."),
    "case_report_empty": N_("Say what happened."),
    "case_opinion_empty": N_("Say why."),
    "case_outcome_empty": N_("Say why."),
    "case_recovered_empty": N_("Say what was recovered and stopped."),
    "case_evidence": N_("A report needs evidence: choose at least one paper."),
    "case_files_many": N_("At most %(most)s papers belong to a report."),
    "case_open_already": N_("This honour has been reported already, and that case is still open."),
    "case_not_revoked": N_("The honour has not been revoked."),
    "case_being_decided": N_("Two people are deciding this case: wait for them, or let who asked withdraw it."),
    "case_changed": N_("The case changed after this was asked: look at it, and ask anew."),
    "case_is_reported": N_("The recommender has not answered yet."),
    "case_is_agreed": N_("The recommender has answered already."),
    "case_is_disagreed": N_("The recommender has answered already."),
    "case_is_revoked": N_("The honour of this case has been revoked."),
    "case_is_closed": N_("The case is closed: the honour stands."),
    "case_is_withdrawn": N_("The report was taken back."),
    # --- lists ---
    "list_title_empty": N_("Choose the title that the list is of."),
    "list_date_empty": N_("Enter when they were conferred, as far as it is known: 2026, 2026-05 or 2026-05-01."),
    "list_name_empty": N_("Say how the list is called."),
    "list_empty": N_("There are no lines in it. Paste the lines of the spreadsheet with their headings."),
    "list_header": N_("No line of headings was found: 姓名 and 单位 are needed, for teams 集体名称."),
    "list_gender": N_("The gender is 男 or 女."),
    "list_id_of_team": N_("A team has no ID number."),
    "list_number_twice": N_("This ID number stands in line %(first)s already."),
    "list_name_twice": N_("Line %(first)s has this name and unit too: give both their ID numbers, or take one out."),
    "list_other_name": N_("This ID number belongs to somebody of another name in the registry."),
    "list_under_age": N_(
        "By the ID number they are under 18, and would be shown: enter them under “Workers” first, who are not."
    ),
    "list_industry": N_("“%(text)s” is no industry of GB/T 4754: write its letter (C) or its name (制造业)."),
    "list_year_differs": N_("年份 and 授予日期 name different years."),
    "list_birth": N_("Write the month of birth as 1978-05, or the day as 1978-05-12."),
    "list_place_unknown": N_("No city or county union of the registry is meant by “%(text)s”."),
    "list_namesakes": N_(
        "The registry has %(count)s of this name there, and nobody is merged by a name: give the ID number, or the "
        "date of birth that the record has."
    ),
    "list_under_age_page": N_(
        "By the date of birth they are under 18, and nobody under 18 is shown: take the line out."
    ),
    "list_number_unknown": N_(
        "Nobody has this ID number yet, and a page needs a record: enter them under “Workers” first, or leave the "
        "number out."
    ),
    "list_page_place": N_(
        "A page needs a record, and the record a union: write the unit as the registry has it, or name the county or "
        "city."
    ),
    "list_no_pages": N_(
        "Holders of this title have no pages: take the columns 一句话事迹, 事迹 and 照片 out of the sheet."
    ),
    "list_photo_missing": N_("The photograph “%(name)s” is not in the zip."),
    "list_photo_several": N_("Several files of the zip are called “%(name)s”: write the folder too, or rename them."),
    "list_photo_twice": N_("Line %(other)s names the photograph “%(name)s” too: it is used for neither."),
    "list_is_picturing": N_("The photographs of the list are still being read."),
    "list_wrong": N_("%(count)s lines cannot be registered: mend the list, or say that they are left out."),
    "list_nothing_new": N_("Nothing of this list is new: the register has all of it."),
    "list_not_stopped": N_("There is nothing to go on with: the work is done, or is still going on."),
    "list_is_reading": N_("The list is still being read."),
    "list_is_checked": N_("The list has not been registered yet."),
    "list_is_publishing": N_("The list is being registered."),
    "list_is_following": N_("The list is registered already."),
    "list_is_visible": N_("The list is registered already."),
    "list_is_undoing": N_("The list is being undone."),
    "list_is_undone": N_("The list was undone."),
    "list_is_dropped": N_("The list was dropped."),
    # --- a worker's own page ---
    "own_honour_of_team": N_("This is a team's honour: only the team's unit can give it back."),
    "own_honour_understood": N_("Say that you have read what giving it back means."),
    # --- said after an act ---
    "title_created": N_("The title was added."),
    "title_saved": N_("The title was saved."),
    "honour_correction_asked": N_("The correction was asked for; a second person confirms it."),
    "honour_restore_asked": N_("It was asked for; a second person confirms it."),
    "honour_renounce_asked": N_("The paper was entered; a second person confirms it."),
    "case_reported": N_("The report was made; the recommender is asked."),
    "case_advised": N_("Your word was recorded; the conferring body decides."),
    "case_revocation_asked": N_("The revocation was asked for; a second person decides."),
    "case_closed": N_("The case was closed; the honour stands."),
    "case_withdrawn": N_("The report was taken back."),
    "case_recovered": N_("It was noted."),
    "list_taken": N_("The list was taken in; nothing is registered yet."),
    "list_registered": N_("The honours are registered, visible to all."),
    "list_dropped": N_("The list was dropped."),
    "list_withdrawn": N_("The list was taken back; nobody has seen it."),
    "list_undo_asked": N_("Undoing the list was asked for; a second person confirms it."),
    # --- the desk ---
    "todo_case_advise": N_("You recommended this honour: say whether it is to be revoked."),
    "todo_case_decide": N_("The recommender has answered: decide, or close the case."),
    "todo_list_checked": N_("The list was read: register it, or drop it."),
}
