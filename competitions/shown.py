"""What the forms of a competition's and a contest's facts show: field by field, as text. Knows frozen facts only."""

from competitions.contests import CompetitionFacts, ContestFacts


def competition_values(competition: CompetitionFacts) -> dict[str, str]:
    """The fields of `rules.events.COMPETITION_FIELDS`."""
    return {
        "title": competition.title,
        "year": str(competition.year),
        "level": competition.level.value,
        "organisers": "\n".join(competition.organisers),
        "hosts": "\n".join(competition.hosts),
        "co_hosts": "\n".join(competition.co_hosts),
        "place": competition.place,
        "starts_on": competition.starts_on.isoformat() if competition.starts_on else "",
        "ends_on": competition.ends_on.isoformat() if competition.ends_on else "",
    }


def contest_values(contest: ContestFacts) -> dict[str, str]:
    """The fields of `rules.events.CONTEST_FIELDS`."""
    return {
        "title": contest.title,
        "occupation": contest.occupation,
        "occupation_code": contest.occupation_code,
        "groups": "\n".join(contest.groups),
    }


def settings_values(contest: ContestFacts) -> dict[str, str]:
    """The fields of `rules.events.SETTING_FIELDS`."""
    return {
        "names_shown": contest.names_shown,
        "awarded_places": str(contest.awarded_places),
        "totals_shown": contest.totals_shown,
        "why_public": "yes" if contest.why_public else "",
        "bundle_public": "yes" if contest.bundle_public else "",
    }
