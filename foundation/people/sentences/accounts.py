"""What can be wrong at the door and with accounts, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "sign_in_failed": N_("The account or the password is not right. Check both and try again."),
    "sign_in_paused": N_("Too many attempts from here. Please wait %(minutes)s minutes, then try again."),
    "kept_for_another": N_(
        "What waits on this page was typed by somebody else, and only they can send it. "
        "To sign in as yourself, open the sign-in page anew."
    ),
    "sign_in_name_empty": N_("Enter your account."),
    "password_empty": N_("Enter your password."),
    "password_short": N_("A password needs at least %(least)s characters."),
    "password_long": N_("A password has at most %(most)s characters."),
    "password_is_name": N_("The password must not be the account itself."),
    "passwords_differ": N_("The two passwords are not the same. Type the new one twice."),
    "account_name_taken": N_("There is already an account “%(sign_in)s”. Choose another."),
    "account_name_form": N_(
        "An account has 2 to 64 letters, digits, dots or dashes and no spaces; “%(sign_in)s” is not of that form."
    ),
    "person_name_empty": N_("Enter the person's name."),
    "person_name_long": N_("A name has at most 64 characters."),
    "role_unknown": N_("There is no role “%(role)s”."),
    "activation_failed": N_("This account and activation code do not belong together, or the code was used already."),
    "account_unknown": N_("There is no account “%(sign_in)s”."),
    "account_is_own": N_("You cannot close the account that you are using."),
    "account_name_empty": N_("Enter an account name or a phone number, or both."),
    "account_phone_taken": N_("Another account signs in with this phone number already."),
    "account_closed": N_(
        "There is no open account of this name. Check what was typed, or open the account again first."
    ),
    "account_phone_elsewhere": N_(
        "Nobody at or below your union signs in with this number. Is it somebody else, type their exact account name."
    ),
    "checks_paused": N_(
        "Many numbers were checked from your network. Please wait %(minutes)s minutes, or scan the QR code."
    ),
    "look_ups_paused": N_("You looked for many accounts. Please wait %(minutes)s minutes, then try again."),
    "account_not_yours": N_("Only their own union or one above all their posts may do this."),
    "organisation_not_open": N_("This organisation is closed or was merged; nobody can be given a post there."),
    "roles_empty": N_("Choose at least one role."),
    "roles_held": N_("They hold these roles here already."),
    "role_not_yours": N_("One of these roles is not yours to give or to end. Supervisors are named by the federation."),
    "post_not_held": N_("This post has ended already. Load the page again to see who holds it now."),
    "successor_empty": N_("Enter the account name or phone number of the successor."),
    "successor_same": N_("The successor is the one who holds the post now. Choose somebody else."),
    "post_to_oneself": N_("You cannot give yourself a post. Ask another officer of your union or of the one above it."),
    "post_over_to_oneself": N_(
        "You cannot hand somebody else's post over to yourself. Ask another officer or the union above."
    ),
    "prove_failed": N_("The password is not right, and nothing was done. Type the one you sign in with."),
    "prove_needs_factor": N_(
        "Your roles ask for one-time passwords. Sign out and in again to set them up, then come back."
    ),
    "post_given_done": N_("The post was given. It counts from their next page on."),
    "post_ended_done": N_("The post has ended. It counts from their next page on."),
    "post_handed_over_done": N_("The post was handed over, with everything that was at hand."),
    "account_closed_done": N_("The account was closed."),
    "account_opened_done": N_("The account was opened again."),
    "account_phone_done": N_("The phone number was saved."),
    "hat_worn_done": N_("You changed the post you act for. Its pages and to-do are shown from now on."),
    "sms_activation": N_("Ganpo: your activation code is %(code)s. Choose a password with it at %(address)s"),
    "account_place_unknown": N_("There is no organisation “%(name)s” at or below yours. Type its full name or code."),
    "account_place_several": N_(
        "There are several organisations “%(name)s”. Type the code, or open the right one in the union tree."
    ),
}
