"""Many who ask at once for what was not kept: one works it out, the others find it."""

import threading
import time
from datetime import date

from declared import EVERY

from gongjian.indicators import recalling
from gongjian.indicators.standing import Wish

DAY = date(2020, 10, 31)


def test_of_many_pages_after_a_write_one_works_the_figures_out(monkeypatch):
    kept, worked_out = {}, []

    def work_out(wanted, days, found, stamps):
        worked_out.append(threading.get_ident())
        time.sleep(0.1)
        kept[wanted[0].indicator.code, wanted[0].name, days[0]] = "standing"
        return kept

    monkeypatch.setattr(recalling, "_recalled", lambda *_: (dict(kept), {}))
    monkeypatch.setattr(recalling, "_completed", lambda *said: dict(said[2]) or work_out(*said))
    wish = Wish(EVERY[0])
    answers = []
    people = [threading.Thread(target=lambda: answers.append(recalling.standings([wish], [DAY]))) for _ in range(6)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert answers == [{(wish.indicator.code, "", DAY): "standing"}] * 6
    assert len(worked_out) == 1
