"""What can be wrong with workers, and with the keys that seal what is private about them, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "worker_search_number": N_(
        "This is neither a whole ID number (18 characters) nor a whole mobile number (11 digits)."
    ),
    "privacy_key_missing": N_(
        "This was sealed with the key %(key)s, which this registry does not have. Put back the file “keys” of the data "
        "folder, or the setting GANPO_KEYS, from its safe copy."
    ),
    "privacy_changed": N_(
        "A sealed field was changed from outside the registry and cannot be opened. Restore it from a backup."
    ),
    "privacy_keys_unreadable": N_("The keys in %(place)s cannot be read. Put them back from their safe copy."),
    "privacy_keys_in_setting": N_(
        "The keys come from the setting GANPO_KEYS. Add or remove keys there, then restart the registry."
    ),
    "privacy_keys_busy": N_(
        "Somebody else is changing the keys just now. If nobody is, delete %(place)s and try again."
    ),
    "privacy_key_unknown": N_("There is no key %(key)s."),
    "privacy_key_newest": N_("The key %(key)s is the newest one, with which everything is sealed. It stays."),
    "privacy_key_in_use": N_("The key %(key)s still seals %(count)s fields. Run “ganpo keys rotate” to its end first."),
    "worker_name_empty": N_("Enter the worker's name."),
    "worker_text_long": N_("This has at most %(most)s characters."),
    "worker_choice_unknown": N_("“%(choice)s” is not one of the choices."),
    "worker_birth_date": N_("This is no possible birth date. Write it like 1990-03-07."),
    "worker_birth_differs": N_("The birth date is not the one in the ID number. Correct one of the two."),
    "worker_gender_differs": N_("The gender is not the one in the ID number. Correct one of the two."),
    "worker_again": N_("This could not be saved just now. Send it once more."),
    "worker_changed": N_(
        "Somebody else changed this worker after you opened the page. Below is what you typed; what stands now is "
        "shown beside it. Look at both, then save again."
    ),
    "worker_id_taken": N_(
        "Another worker has this ID number already. If both records are one person, have them merged instead."
    ),
    "worker_elsewhere": N_(
        "A worker with this ID number is registered with another unit. Ask your upper union to move them to yours."
    ),
    "worker_unit_empty": N_("Enter the unit: its full name, short name or code."),
    "worker_unit_unknown": N_("There is no unit “%(unit)s” that you keep. Enter its full name, short name or code."),
    "worker_unit_several": N_("Several units are called “%(unit)s”. Enter the full name or the code."),
    "worker_unit_closed": N_("This unit is closed. Choose another."),
    "worker_reason_empty": N_("Say why you need to see this; it is recorded with your name."),
    "worker_is_itself": N_("A record cannot be compared with itself. Choose another."),
    "worker_merged_already": N_("One of the two records was merged meanwhile. Look at the worker's page."),
    "worker_two_numbers": N_("Both records have an ID number, so they are two persons."),
    "worker_two_birth_dates": N_("The birth dates differ. Correct the wrong one first, then ask again."),
    "worker_merge_changed": N_(
        "One of the two records was changed after the merge was asked for. Reject this act, look again, and ask anew."
    ),
    "own_no_phone": N_("No telephone is known of this worker. Enter it first: their own page opens with it."),
    "sms_own_code": N_("Ganpo: the code of your own page is %(code)s, open it at %(address)s"),
    "own_phone_empty": N_("Enter your mobile number."),
    "own_code_empty": N_("Enter the code."),
    "own_failed": N_(
        "This telephone and code do not belong together, or the code was used or has expired. "
        "Your unit's union gives you a new one."
    ),
    "own_paused": N_("Too many attempts. Please wait %(minutes)s minutes, then try again."),
    "worker_created": N_("The worker has been entered."),
    "worker_found": N_("This ID number is known already: here is the worker. Nothing was changed."),
    "worker_saved": N_("The changes have been saved."),
    "worker_phone_forgotten": N_("The telephone has been removed."),
    "worker_apart_noted": N_("Noted: these are two persons. They will not be proposed again."),
    "worker_merge_asked": N_("The merge has been asked for. A second person confirms it."),
    "workers_will_move": N_("Its workers (%(count)s) move along."),
}
