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
}
