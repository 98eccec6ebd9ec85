"""The one way a rule says no to a person."""


class Refusal(Exception):  # noqa: N818 - it is not an error of the program
    """A request that the rules turn down; ``str()`` is one Chinese sentence: what, where, what to do."""
