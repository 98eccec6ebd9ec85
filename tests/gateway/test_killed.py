"""kill -9 of the gateway under load. Three times here; fifty by hand, see ``kills``."""

from kills import judged, kill_again_and_again


def test_what_was_acknowledged_survives_being_killed_and_nothing_is_doubled(tmp_path):
    outcome = kill_again_and_again(tmp_path, 3)
    assert judged(*outcome) == []
    assert len(outcome[1]) > 500
