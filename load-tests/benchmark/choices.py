"""What options choose from, and how they are noted in a run's own record."""

import argparse


def names(known):
    """The type of an option that takes some of these names, comma-separated; in the order of the list."""

    def parse_names(text):
        chosen = text.split(",")
        for name in chosen:
            if name not in known:
                raise argparse.ArgumentTypeError(f"{name!r} is not one of {','.join(known)}")
        return [name for name in known if name in chosen]

    return parse_names


def plain(value):
    """An option's value as JSON has it."""
    return value if isinstance(value, (bool, int, float, list, dict)) or value is None else str(value)
