"""Plans as coaches write them: short forms, prose and five languages, read or asked about."""
