"""The words that forms about workers offer: codes as they are stored, and English sentences marked for translation.

Knows no table. The lists are those that recommendation forms of trade unions ask for.
"""

from collections.abc import Mapping

from foundation.base.problem import N_

GENDERS: Mapping[str, str] = {"female": N_("female"), "male": N_("male")}

POLITICS: Mapping[str, str] = {  # 政治面貌
    "party": N_("member of the Communist Party"),
    "party_probation": N_("probationary member of the Communist Party"),
    "league": N_("member of the Youth League"),
    "democratic": N_("member of a democratic party"),
    "none_affiliated": N_("public figure without party affiliation"),
    "masses": N_("of the masses, in no party"),
}

EDUCATION: Mapping[str, str] = {  # 文化程度
    "primary": N_("primary school"),
    "junior": N_("junior secondary school"),
    "senior": N_("senior secondary school"),
    "vocational": N_("secondary vocational or technical school"),
    "college": N_("junior college"),
    "bachelor": N_("bachelor's degree"),
    "master": N_("master's degree"),
    "doctor": N_("doctorate"),
}

GRADES: Mapping[str, str] = {  # 技能等级, the eight steps, lowest first
    "apprentice": N_("apprentice"),
    "junior": N_("junior worker (grade 5)"),
    "intermediate": N_("intermediate worker (grade 4)"),
    "senior": N_("senior worker (grade 3)"),
    "technician": N_("technician (grade 2)"),
    "senior_technician": N_("senior technician (grade 1)"),
    "special_technician": N_("special-grade technician"),
    "chief_technician": N_("chief technician"),
}

MARKS: Mapping[str, str] = {  # yes or no
    "migrant": N_("migrant worker"),
    "new_form": N_("worker in a new form of employment"),
    "front_line": N_("front-line worker"),
}
