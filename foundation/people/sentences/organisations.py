"""What can be wrong with organisations, and what is told once when an act is done, in sentences."""

from foundation.base.problem import N_

_PROBLEMS: dict[str, str] = {
    # what is said of one
    "organisation_name_empty": N_("Enter the name."),
    "organisation_text_long": N_("This has more than %(most)s characters."),
    "organisation_kind_empty": N_("Choose the kind of organisation."),
    "organisation_kind_unknown": N_("There is no such kind. Choose one of the list."),
    "organisation_code_union": N_("This is the code of a union (81…). Enter it under “Union code”."),
    "organisation_code_other": N_("The code of a union begins with 81; this one belongs to another kind of body."),
    "organisation_industry": N_("There is no such section. The sections of GB/T 4754 are A to T."),
    "organisation_ownership": N_("Ownership is public or non-public. Choose one of them."),
    "organisation_headcount": N_("The number of workers is a whole number up to %(most)s, in digits only."),
    "organisation_position": N_("The order is a whole number up to %(most)s, in digits only."),
    "organisation_email": N_("This is not an e-mail address."),
    # the tree
    "organisation_name_taken": N_("“%(name)s” stands there already. Open that one, or choose another name."),
    "organisation_code_taken": N_("This code belongs to “%(name)s” already."),
    "organisation_kind_place": N_(
        "A unit of the kind “%(kind)s” cannot stand directly below one of the kind “%(parent)s”."
    ),
    "organisation_kind_children": N_(
        "What stands below it cannot stand below a unit of the kind “%(kind)s”. Move that first."
    ),
    "organisation_parent_closed": N_("“%(parent)s” is closed, so nothing can stand below it."),
    "organisation_root": N_("The federation stands above all others: it cannot be moved, merged or closed."),
    "organisation_deep": N_("The tree would get too deep here. Choose a place further up."),
    "organisation_below_itself": N_("A unit cannot stand below itself. Choose another place."),
    "organisation_there_already": N_("It stands below “%(parent)s” already."),
    "organisation_merge_itself": N_("A unit cannot be merged into itself. Choose another one."),
    "organisation_merge_closed": N_("“%(name)s” is closed. Only units in use are merged."),
    "organisation_merge_kind": N_("“%(name)s” is of another kind. Only units of the same kind are merged."),
    "organisation_merge_below": N_("One of the two stands below the other. Move it out first."),
    "organisation_merged_stays": N_("It was merged into another unit, and that stays."),
    "organisation_has_below": N_("%(count)s units still stand below it. Move or close them first."),
    "organisation_closed_already": N_("It is closed already."),
    "organisation_open_already": N_("It is open already."),
    # somebody else was quicker
    "organisation_meanwhile": N_(
        "Somebody changed this from “%(was)s” to “%(now)s” after you opened the page. What you typed is kept here: "
        "save again to replace theirs, or put theirs back."
    ),
    "organisation_moved_meanwhile": N_(
        "Somebody moved it after you opened the page: it stands below “%(parent)s” now. Check again where it should go."
    ),
    # choosing one
    "organisation_target_empty": N_("Enter the name or code of the other unit."),
    "organisation_target_unknown": N_(
        "There is no unit in use with the name or code “%(target)s” in your part of the tree."
    ),
    "organisation_target_several": N_("Several units are called so. Choose one of them below."),
    # lists of units
    "organisations_empty": N_("There is no unit in this list. Paste the lines of your spreadsheet, or choose a file."),
    "organisations_header": N_("Put a line of headings above the units; “单位名称” and “单位类别” are needed."),
    "organisations_many": N_("The list has %(count)s units; at most %(most)s are taken at a time. Split it."),
    "organisations_nothing_new": N_("Every unit of this list stands there already. There is nothing to add."),
    "organisations_list_late": N_("The list has moved on. Reload the page to see where it stands."),
    "organisations_wrong": N_("Lines that need mending: %(count)s. They are marked below; nothing was saved."),
    "organisations_kind": N_("“%(text)s” is no kind of unit. The kinds are: %(kinds)s."),
    "organisations_industry": N_("“%(text)s” is no section of GB/T 4754. Write a letter from A to T, or its name."),
    "organisations_ownership": N_("“%(text)s” is neither public nor non-public ownership."),
    "organisations_parent_unknown": N_(
        "There is no upper unit “%(text)s” in your part of the tree or further up in the list."
    ),
    "organisations_parent_several": N_("Several units are called “%(text)s”. Give the code of the upper unit instead."),
    "organisations_name_twice": N_("Line %(first)s holds the same name below the same upper unit."),
    "organisations_code_twice": N_("Line %(first)s holds the same code."),
    "organisations_changed": N_("The tree changed since the list was checked. Look at it once more, then add it."),
}

_DONE: dict[str, str] = {
    "organisation_created": N_("The unit is added."),
    "organisation_changed": N_("The facts are saved."),
    "organisation_renamed": N_("The unit is renamed. Its former name stays findable."),
    "organisation_moved": N_("The unit is moved, with everything below it."),
    "organisation_merged": N_("The units are merged. The former name stays findable."),
    "organisation_closed": N_("The unit is closed."),
    "organisation_opened": N_("The unit is open again."),
    "organisations_added": N_("The units are added."),
    "organisations_checking": N_("The list is kept and being checked. This page tells when it can be looked at."),
    "organisations_adding": N_("The units are being added. They appear all at the same moment."),
}

SENTENCES: dict[str, str] = _PROBLEMS | _DONE
