"""What somebody sent lately."""

from gongjian.fieldwork.models import Sending
from gongjian.people.models import User

LATELY = 20


def lately(user: User) -> list[Sending]:
    """The newest drafts of theirs that arrived."""
    return list(Sending.objects.filter(user=user)[:LATELY])
