"""Tools for assistants (``progcheck mcp``): the reports' own words, a thousand tokens at most."""
