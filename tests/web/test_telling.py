"""How things are told."""

from stage import at

from gongjian.web.telling import Told, newest_first


def test_of_two_steps_at_one_moment_the_later_taken_is_told_first():
    told = [Told(at=at(10, 1), words=words, by="统筹办", why="") for words in ("提交", "退回")]
    assert [line["words"] for line in newest_first(told)] == ["退回", "提交"]
