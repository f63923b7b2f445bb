"""Where the blocks of a plan lie in a recording."""
