"""What is said about benefits, their verification and audits, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "benefit_line_formula": N_("Choose how line %(line)s is computed."),
    "benefit_thousandths": N_("Line %(line)s has a figure that cannot be read: at most three decimals, such as 1.25."),
    "benefit_price": N_("Line %(line)s has a price that cannot be read: at most four decimals, such as 0.6235."),
    "benefit_output": N_("Line %(line)s needs a whole number of pieces."),
    "benefit_large": N_("The sum is larger than any unit's benefit. Look at the figures again."),
    "benefit_day": N_("Enter the first day of benefit."),
    "benefit_day_to_come": N_("A benefit is claimed once it has begun; until then write a forecast."),
    "benefit_forecast_late": N_("A benefit is claimed already; the forecast stays as it was."),
    "benefit_claim_review": N_(
        "Reviewers are reading this innovation with what it claims. Claim anew when their round has decided."
    ),
    "benefit_claim_early": N_("Hand the innovation in first; then its benefit can be claimed."),
    "benefit_is_verified": N_("The benefit is verified; claim and papers stand fast."),
    "benefit_is_asked": N_("A second person is asked to confirm it; until then claim and papers stand fast."),
    "benefit_not_claimed": N_("No benefit is claimed."),
    "benefit_unproved": N_("Nothing proves the claim yet. The unit adds a paper first."),
    "benefit_period_open": N_(
        "The twelve months end on %(day)s. What has not happened yet cannot be verified; until then the claim stands."
    ),
    "benefit_own_correction": N_(
        "You claimed it: ask for it as it stands, or correct the claim. Somebody else may find other figures."
    ),
    "benefit_own_claim": N_("You claimed this benefit; somebody else confirms it."),
    "benefit_not_looked": N_("Confirm for the unit that it was looked through for secrets: the unions above read it."),
    "evidence_unsaid": N_("Say what the paper proves."),
    "evidence_early": N_("Claim a benefit first; then add the papers that prove it."),
    "audit_size": N_("Enter how many to draw, 1 to %(most)s."),
    "audit_year": N_("Choose a year."),
    "audit_nothing": N_("No benefit of that year was verified in the units below and not drawn yet."),
    "audit_again": N_("Something changed while it was drawn. Draw again."),
    "audit_outcome": N_("Choose what was found."),
    "audit_reason": N_("Say why the figure is set aside."),
    "audit_decided": N_("What was found is on record already."),
    "audit_own": N_("You claimed or verified this benefit; another officer looks into it."),
    "benefit_saved": N_("Saved."),
    "audit_drawn": N_("The sample is drawn."),
    "audit_recorded": N_("What was found is on record."),
}
