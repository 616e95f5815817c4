"""What is said about looking for craftsmen and about their pages, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "register_filter": N_("This is no value of that filter; choose one from its list."),
    "register_long": N_("At most %(most)s characters can be looked for."),
    "profile_long": N_("At most %(most)s characters stand here."),
    "profile_private": N_("This holds what looks like an ID number or a telephone. Nobody's numbers belong on a page."),
    "profile_works_many": N_("At most %(most)s works stand on a page."),
    "profile_work_year": N_("Line %(line)s: begin with a year, such as 2019, then say what it was."),
    "profile_changed": N_("Somebody changed this page meanwhile. What you typed is kept; look at both and save again."),
    "profile_headline_empty": N_("Say in one sentence why they were honoured, before the page is approved."),
    "profile_not_shown": N_("The page is not approved, so there is nothing to keep back."),
    "profile_pictures_many": N_("At most %(most)s pictures of works stand on a page. Take one off first."),
    "profile_role": N_("Choose what the picture is."),
    "profile_saved": N_("The draft is saved. Nothing public changed."),
    "profile_approved": N_("Approved. It is public as far as the craftsman agreed."),
    "profile_hidden": N_("The page is kept back. Its honours stay in the register."),
    "profile_picture": N_("The picture stands in the draft."),
    "profile_picture_gone": N_("The picture was taken off the draft."),
}
