"""The review page: a server on this machine, for nobody but who started it (extra ``web``)."""
