"""The channels of a round as rows, made of its rules: with `rounds` the only writer of who they are and their places.

Handing in a channel's list is the nominations' business.
"""

from collections.abc import Sequence

from craftsmen.nomination_tables import Nomination
from craftsmen.round_tables import Channel
from craftsmen.rules.round_rules import Places, RoundRules
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tree import children

KINDS = (Kind.CITY, Kind.NEW_AREA, Kind.INDUSTRY, Kind.DIRECT, Kind.COUNTY, Kind.PARK, Kind.ENTERPRISE)


async def materialise(round_id: int, rules: RoundRules) -> None:
    """Make the rows fit the rules, inside the caller's transaction.

    A channel that the rules leave out goes; one under which somebody was nominated stays, with no place.
    """
    rows = await Channel.select(Channel.id, Channel.organisation).where(Channel.round == round_id)
    there = {row["organisation"]: row["id"] for row in rows}
    for position, wanted in enumerate(rules.places, start=1):
        channel = there.pop(wanted.organisation, None)
        if channel is None:
            await Channel(
                round=round_id, organisation=wanted.organisation, places=wanted.places, position=position
            ).save()
        else:
            await Channel.update({Channel.places: wanted.places, Channel.position: position}).where(
                Channel.id == channel
            )
    for channel in there.values():
        if await Nomination.exists().where(Nomination.channel == channel):
            await Channel.update({Channel.places: 0}).where(Channel.id == channel)
        else:
            await Channel.delete().where(Channel.id == channel)


async def possible_channels(organisation_id: int, kept: Sequence[Places] = ()) -> list[Places]:
    """Whoever may recommend in a round of this organisation: those directly below it, with the places they have.

    Channels that the rules have and the tree has no more (closed, moved) stay at the end, under their frozen names.
    """
    places = {one.organisation: one.places for one in kept}
    below = [one for one in await children(organisation_id) if one.kind in KINDS]
    found = [Places(one.id, one.name, places.get(one.id, 0)) for one in below]
    known = {one.organisation for one in found}
    return [*found, *(one for one in kept if one.organisation not in known)]


async def starting_places(organisation_id: int, by_kind: dict[str, int]) -> tuple[Places, ...]:
    """The channels of a new round with the places a preset gives to each kind; those with none are no channels."""
    below = [one for one in await children(organisation_id) if one.kind in KINDS]
    return tuple(Places(one.id, one.name, by_kind[one.kind]) for one in below if by_kind.get(one.kind))
