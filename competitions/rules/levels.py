"""The classes of competitions (RULES.md: class one, two, three; below them city, county, enterprise). Pure."""

from enum import StrEnum


class Level(StrEnum):
    """A competition's class, from the province's class one down to an enterprise's own."""

    CLASS_ONE = "class_one"
    CLASS_TWO = "class_two"
    CLASS_THREE = "class_three"
    CITY = "city"
    COUNTY = "county"
    ENTERPRISE = "enterprise"
