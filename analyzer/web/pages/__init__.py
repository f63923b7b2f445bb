"""The pages: a file for each thing somebody does on them, with its ``ROUTES``."""
