"""What somebody says about a worker: read from texts, or one problem for each field that cannot be right.

Pure; knows no table and no page. Used for forms and for the rows of sheets alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from foundation.base import identity
from foundation.base.problem import Problem
from foundation.people.worker_words import EDUCATION, GENDERS, GRADES, MARKS, POLITICS
from foundation.text import names

LENGTHS = {"name": 64, "ethnicity": 16, "title": 64, "occupation": 64, "occupation_code": 16}
CHOICES = {"gender": GENDERS, "politics": POLITICS, "education": EDUCATION, "grade": GRADES}


@dataclass(frozen=True, slots=True, repr=False)
class Given:
    """A worker's facts as they were given; "" and None are what nobody said. It has no repr: it holds an ID number."""

    name: str
    id_number: str = ""
    phone: str = ""
    gender: str = ""
    birth_date: date | None = None
    ethnicity: str = ""
    politics: str = ""
    education: str = ""
    title: str = ""
    grade: str = ""
    occupation: str = ""
    occupation_code: str = ""
    migrant: bool = False
    new_form: bool = False
    front_line: bool = False


def read_worker(values: Mapping[str, str], today: date) -> tuple[Given | None, list[Problem]]:
    """The facts in `values` by the names of `Given`'s fields (yes is any text), or everything that is wrong with them.

    Birth date and gender follow from an ID number; where they are given too, they must agree with it.
    """
    texts = {name: names.kept(values.get(name, "")) for name in (*LENGTHS, *CHOICES)}
    id_number, phone = (
        identity.read_id_number(values.get("id_number", "")),
        identity.read_phone(values.get("phone", "")),
    )
    problems = [] if texts["name"] else [Problem("worker_name_empty", "name")]
    problems += [
        Problem("worker_text_long", name, {"most": str(most)})
        for name, most in LENGTHS.items()
        if len(texts[name]) > most
    ]
    problems += [
        Problem("worker_choice_unknown", name, {"choice": texts[name][:40]})
        for name, choices in CHOICES.items()
        if texts[name] and texts[name] not in choices
    ]
    wrong_number = identity.check_id_number(id_number, today) if id_number else []
    problems += wrong_number
    problems += identity.check_phone(phone) if phone else []
    born, wrong_date = read_date(values.get("birth_date", ""), today)
    problems += wrong_date
    gender = texts["gender"]
    if id_number and not wrong_number:
        by_number, gender_by_number = identity.birth_date(id_number), _gender(id_number)
        if born and born != by_number:
            problems.append(Problem("worker_birth_differs", "birth_date"))
        if gender in GENDERS and gender != gender_by_number:
            problems.append(Problem("worker_gender_differs", "gender"))
        born, gender = by_number, gender_by_number
    if problems:
        return None, problems
    marks = {name: bool(values.get(name, "").strip()) for name in MARKS}
    given = Given(
        name=texts["name"],
        id_number=id_number,
        phone=phone,
        gender=gender,
        birth_date=born,
        ethnicity=texts["ethnicity"],
        politics=texts["politics"],
        education=texts["education"],
        title=texts["title"],
        grade=texts["grade"],
        occupation=texts["occupation"],
        occupation_code=texts["occupation_code"],
        **marks,
    )
    return given, []


def read_date(text: str, today: date) -> tuple[date | None, list[Problem]]:
    """A birth date as people write it: 1990-03-07, 1990/3/7, 1990.3.7, 19900307; None where nothing was typed."""
    text = text.strip()
    if not text:
        return None, []
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) == 1 and len(text) == 8:
        parts = [text[:4], text[4:6], text[6:]]
    try:
        year, month, day = (int(part) for part in parts if part.isascii() and part.isdigit() and len(part) <= 4)
        born = date(year, month, day)
    except ValueError:
        return None, [Problem("worker_birth_date", "birth_date")]
    if not date(1900, 1, 1) <= born <= today:
        return None, [Problem("worker_birth_date", "birth_date")]
    return born, []


def _gender(id_number: str) -> str:
    return "female" if identity.is_woman(id_number) else "male"
