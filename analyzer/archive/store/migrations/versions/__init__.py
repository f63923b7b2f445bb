"""
One step each, with the tables as they were then: a step is never changed once it is published.

A new one names the one before it, and is added to `VERSIONS` in `migrate`.
"""
