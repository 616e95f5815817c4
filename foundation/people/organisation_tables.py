"""Organisations: the union tree and what happened to it. Columns and their meaning only."""

from typing import Any

from piccolo.columns import Boolean, ForeignKey, Integer, Serial, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ROOT_ID = 1  # the federation (省总工会), made by a migration: everything else stands below it


class Organisation(Table, tablename="organisation"):
    """A union, or a department of one. Closed and merged ones stay, so that what refers to them can be read."""

    id: Serial
    parent: ForeignKey[Any] = ForeignKey(references="self", on_delete=OnDelete.restrict, null=True)  # null: the root
    # Ids from the federation down in base 36, a dot after each: "1.5.a2." Compared byte by byte on both engines.
    path = Varchar(length=200)
    name = Varchar(length=100)
    short_name = Varchar(length=40)
    kind = Varchar(length=16)  # foundation.people.organisation_kinds.Kind
    # Unified social credit codes, or empty; each stands once among the active ones, and neither is ever the key.
    code = Varchar(length=18)  # of the enterprise or other body (91…)
    union_code = Varchar(length=18)  # of its union (81…)
    industry = Varchar(length=1)  # section of GB/T 4754, A to T, or empty
    chain = Varchar(length=40)  # tag of an industrial chain, or empty
    ownership = Varchar(length=16)  # public, non_public, or empty
    headcount = Integer(null=True, default=None)  # workers there; null where nobody said
    position = Integer(default=1000)  # order among those with the same parent, then by id
    contact_email = Varchar(length=120)
    # What searching compares: name, short name, code and every former name, folded, a line each.
    folded = Varchar(length=2000)
    active = Boolean(default=True)
    merged_into: ForeignKey[Any] = ForeignKey(references="self", on_delete=OnDelete.restrict, null=True)
    created_at = Timestamptz()


class OrganisationChange(Table, tablename="organisation_change"):
    """One thing that happened to an organisation: what it was before, and after. Never edited."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)
    what = Varchar(length=16)  # created, renamed, moved, changed, merged, took_in, closed, opened, listed
    field = Varchar(length=16)  # which fact a "changed" is about, else empty
    before = Varchar(length=200)
    after = Varchar(length=200)
    at = Timestamptz()
    actor = Varchar(length=120)  # as the ledger writes it: account:3, cli


TABLES: list[type[Table]] = [Organisation, OrganisationChange]
