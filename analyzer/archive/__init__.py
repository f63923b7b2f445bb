"""An archive of runs: found, given to their athletes and plans, judged once, and kept."""
