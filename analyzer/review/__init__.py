"""The whole way from a recording and a plan to a Review."""
