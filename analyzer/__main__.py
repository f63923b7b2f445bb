"""``python -m analyzer`` is ``progcheck``."""

from analyzer.cli import command

if __name__ == "__main__":
    command()
