"""The runs a coach argues about: our score and sentence beside the public formulas of others."""
