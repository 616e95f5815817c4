"""Audits of verified benefits: what was drawn, from how many, and what was found. Columns and their meaning only."""

from piccolo.columns import BigInt, ForeignKey, Integer, Serial, SmallInt, Text, Timestamptz, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

from foundation.people.organisation_tables import Organisation
from innovations.innovation_tables import Benefit


class BenefitDraw(Table, tablename="innovation_benefit_draw"):
    """A sample of the verified benefits of one year, drawn by a seed so that anybody can draw it again."""

    id: Serial
    organisation = ForeignKey(references=Organisation, on_delete=OnDelete.restrict, null=False)  # whose officer drew
    year = SmallInt()  # of the first day of benefit
    seed = Varchar(length=32)
    drawn = SmallInt()
    out_of = Integer()
    drawn_by = Integer()  # account
    drawn_at = Timestamptz()


class DrawnBenefit(Table, tablename="innovation_benefit_drawn"):
    """One benefit of a sample, and what the audit found."""

    id: Serial
    draw = ForeignKey(references=BenefitDraw, on_delete=OnDelete.restrict, null=False)
    benefit = ForeignKey(references=Benefit, on_delete=OnDelete.restrict, null=False)  # unique together
    verified = BigInt()  # fen, as it stood when it was drawn
    outcome = Varchar(length=12)  # rules.benefit_audits.OUTCOMES; empty: not looked at yet
    reason = Text()
    decided_by = Integer(null=True, default=None)  # account
    decided_at = Timestamptz(null=True, default=None)


TABLES: list[type[Table]] = [BenefitDraw, DrawnBenefit]
