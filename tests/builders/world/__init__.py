"""
A second, independent world of runs with a known truth.

Beside `tests.builders.simulate`, and on purpose unlike it: other runners (`runner`), other
watches (`watch`), another way of getting through a plan (`journey`), and things that happen
to real runs (`kinds`, a file for each family). Nothing here is shared with the first world
but the plans and the FIT encoder, and nothing in the method may be fitted to its seeds.
"""
