"""The kinds of organisations and which may stand below which, as data. Knows no database."""

from collections.abc import Mapping
from enum import StrEnum


class Kind(StrEnum):
    """What an organisation is in the union tree."""

    FEDERATION = "federation"  # 省总工会
    CITY = "city"  # 设区市总工会
    NEW_AREA = "new_area"  # 赣江新区工会联合会
    INDUSTRY = "industry"  # 省产业（局、系统）工会
    DIRECT = "direct"  # 省总直属基层工会
    COUNTY = "county"  # 县（市、区）总工会
    PARK = "park"  # 园区工会
    ENTERPRISE = "enterprise"  # 企业工会
    JOINT = "joint"  # 联合工会
    OFFICE = "office"  # a department of one of the others


# Kind -> those that may stand directly below it.
BELOW: Mapping[Kind, frozenset[Kind]] = {
    Kind.FEDERATION: frozenset({Kind.CITY, Kind.NEW_AREA, Kind.INDUSTRY, Kind.DIRECT, Kind.OFFICE}),
    Kind.CITY: frozenset({Kind.COUNTY, Kind.PARK, Kind.INDUSTRY, Kind.ENTERPRISE, Kind.JOINT, Kind.OFFICE}),
    Kind.NEW_AREA: frozenset({Kind.COUNTY, Kind.PARK, Kind.ENTERPRISE, Kind.JOINT, Kind.OFFICE}),
    Kind.INDUSTRY: frozenset({Kind.ENTERPRISE, Kind.JOINT, Kind.OFFICE}),
    Kind.DIRECT: frozenset({Kind.ENTERPRISE, Kind.OFFICE}),
    Kind.COUNTY: frozenset({Kind.PARK, Kind.INDUSTRY, Kind.ENTERPRISE, Kind.JOINT, Kind.OFFICE}),
    Kind.PARK: frozenset({Kind.ENTERPRISE, Kind.JOINT, Kind.OFFICE}),
    Kind.ENTERPRISE: frozenset({Kind.ENTERPRISE, Kind.OFFICE}),  # branches of a group
    Kind.JOINT: frozenset({Kind.ENTERPRISE}),  # the small firms that share it
    Kind.OFFICE: frozenset(),
}


def may_stand_below(kind: Kind, parent: Kind) -> bool:
    """Whether an organisation of this kind may stand directly below one of that kind."""
    return kind in BELOW[parent]
