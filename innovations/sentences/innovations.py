"""What is said about technical innovations, their versions and their benefit, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "innovation_title_empty": N_("Enter the name of the innovation."),
    "innovation_long": N_("At most %(most)s characters; this has %(length)s."),
    "innovation_kind": N_("Choose the kind of innovation."),
    "innovation_field": N_("Choose the branch of industry."),
    "innovation_year": N_("Enter the year it was finished, at the latest %(latest)s."),
    "innovation_section_empty": N_("“%(section)s” is still empty."),
    "innovation_authors_none": N_("Enter who made it."),
    "innovation_authors_many": N_("At most %(most)s people."),
    "innovation_author_unnamed": N_("Person %(place)s has no name."),
    "innovation_author_twice": N_("%(name)s stands in the list twice."),
    "innovation_share": N_("The share of person %(place)s is a whole number from 1 to 100."),
    "innovation_shares_sum": N_("The shares make %(sum)s, not 100."),
    "innovation_patent_none": N_("Enter the patent."),
    "innovation_patent_number": N_("Patent %(place)s has no number, or one that is too long."),
    "innovation_patent_kind": N_("Choose the kind of patent %(place)s."),
    "innovation_answer_open": N_("To be confirmed: “%(rule)s”"),
    "innovation_not_cleared": N_(
        "It was changed after it was looked through for secrets, or never was. Do that first."
    ),
    "innovation_not_looked": N_("Confirm that you have looked through all of it."),
    "innovation_nothing_new": N_("Nothing has changed since it was handed in last."),
    "innovation_not_writable": N_("It is under review or withdrawn, and nobody writes on it now."),
    "innovation_step_late": N_("This cannot be done any more: it has moved on. Reload to see where it stands."),
    "innovation_stale": N_(
        "Somebody changed it while you were writing. What you typed is still here: open it in another window, "
        "compare, and save again from there."
    ),
    "innovation_of_proposal": N_("An innovation was made of this proposal already."),
    "innovation_proposal_early": N_("Only a proposal that was carried out becomes an innovation."),
    "innovation_paper_role": N_("Choose what kind of paper it is."),
    "innovation_papers_many": N_("At most %(most)s papers. Take one off first."),
    "innovation_paper_reviewed": N_("A review has read this paper, so it stays. Add the better one beside it."),
    "innovation_pictures_many": N_("At most %(most)s pictures. Take one off first."),
    "innovation_publicity": N_("Choose who may know of it, and how its benefit is shown."),
    "innovation_why": N_("Say why, in at most %(most)s characters."),
    "benefit_lines_empty": N_("Enter at least one line that saves or gains something."),
    "benefit_line_unnamed": N_("Line %(line)s does not say what it is about."),
    "benefit_line_negative": N_("Line %(line)s has a figure that cannot be read, or one below 0."),
    "benefit_line_no_amount": N_("Line %(line)s has no amount."),
    "benefit_line_incomplete": N_("Line %(line)s needs all of: before, after, price, output."),
    "innovation_earlier": N_("Choose an innovation of your unit that was handed in before this one."),
    "innovation_earlier_number": N_("Your unit handed in no innovation with the number “%(text)s”."),
    "innovation_earlier_set": N_("It is set what it carries on."),
    "innovation_saved": N_("Saved."),
    "innovation_cleared": N_("It is on record that it was looked through for secrets."),
    "innovation_publicity_set": N_("It is set who may know of it."),
    "innovation_handed_in": N_("Handed in. What stands there now is kept as a version."),
    "innovation_withdrawn": N_("Withdrawn."),
    "innovation_taken_up": N_("It is a draft of your unit again."),
    "innovation_paper_taken": N_("The paper is with it."),
    "innovation_picture_taken": N_("The picture is with it."),
}
