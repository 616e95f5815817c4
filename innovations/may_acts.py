"""Which acts of two people a reviewer of a blind round is not shown, whatever hats they have.

An act on an entry tells its title and its unit: its benefit, the proposal that it grew out of, what it is the same as,
money asked or paid for it, and an allocation in which it stands. Somebody else confirms it.
"""

from foundation.people.may import veil_acts
from innovations.may_innovations import VEILED

_VEILED = f"""EXISTS (SELECT 1 {VEILED} AND (
    two_person_act.about = 'innovation:' || review_entry.innovation
    OR two_person_act.about = 'proposal:' || (
        SELECT innovation.proposal FROM innovation WHERE innovation.id = review_entry.innovation)
    OR EXISTS (SELECT 1 FROM innovation_same_as same WHERE two_person_act.about = 'same:' || same.id
        AND review_entry.innovation IN (same.one, same.other))
    OR EXISTS (SELECT 1 FROM subsidy_application paid WHERE paid.innovation = review_entry.innovation
        AND two_person_act.about IN ('subsidy_application:' || paid.id, 'subsidy:' || paid.round))))
"""  # noqa: S608 - ours

veil_acts(_VEILED)
