"""kill -9 of the gateway under load, on the database the tests run on. Three times here; a long run: ``GONGJIAN_KILLS=50``."""

import os
from contextlib import nullcontext

from kills import judged, kill_again_and_again, own_database

KILLS = int(os.environ.get("GONGJIAN_KILLS", "3"))


def test_what_was_acknowledged_survives_being_killed_and_nothing_is_doubled(tmp_path):
    server = os.environ.get("GONGJIAN_DATABASE_URL")  # only where the tests run on PostgreSQL
    with own_database(server) if server else nullcontext("") as database:
        outcome = kill_again_and_again(tmp_path, KILLS, database=database)
    assert judged(*outcome) == []
    assert len(outcome[1]) > 500
