"""An archive of runs: found, judged once, kept."""
