"""The server of the review page, asked by programs."""
