"""What processes of the server's do: each a function of a module, given and giving what travels."""
