"""What athletes' runs show over weeks, in every form."""
