"""What builds, checks and measures the checkout. Nothing that runs in the registry imports from here."""
