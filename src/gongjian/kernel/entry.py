"""The one way a pure rule says that something written by a person cannot be read."""


class BadEntry(ValueError):  # noqa: N818 - it is not an error of the program
    """What was written is not what it should be.

    ``str()`` is one short Chinese reason without a full stop, so that whoever asks can put it after the place it stands in
    (第7行：车牌号“京A1234”位数不对，…). Catch this one class to catch every kind of it.
    """
