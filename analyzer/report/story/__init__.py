"""The story of a run: what happened, in which blocks, how large and how sure; words come later."""
