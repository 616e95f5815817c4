"""What can be wrong with suspensions, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "suspension_address_empty": N_("Enter the address of the page, or paste it from the browser."),
    "suspension_address_long": N_("An address has at most %(most)s characters, all of them visible."),
    "suspension_not_public": N_(
        "“%(address)s” is no public page, or one that must always answer, and cannot be suspended."
    ),
    "suspension_reason_empty": N_("Say why the page is suspended. The reason is kept and is not shown to the public."),
    "suspension_already": N_("“%(address)s” is suspended already."),
    "suspension_lifted_already": N_("The page was restored already."),
    "suspension_made": N_("The page is suspended from now on. A second person confirms it."),
    "suspension_lift_asked": N_("Asked for the page to be restored. As soon as a second person confirms, it is."),
}
