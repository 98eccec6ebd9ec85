"""Laws of the two matchings: what answers a failed test, and whose test data must be verified."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from gongjian.mobile.matching.feedback import WINDOW, Happened, What, feedbacks
from gongjian.mobile.matching.verification import Group, Inspected, Seen, duties, older_than

D0 = date(2020, 1, 1)
FIRST, LAST = D0, D0 + timedelta(200)
days = st.integers(0, 130).map(lambda number: D0 + timedelta(number))
plates = st.sampled_from(["京A1", "京A2", "京A3"])
events = st.lists(st.builds(Happened, plates, days, st.sampled_from(What)), max_size=25)
tests = st.lists(
    st.builds(Inspected, plates, days, st.booleans(), st.booleans(), st.booleans(), st.none() | st.dates(date(2010, 1, 1), D0)), max_size=12
)
seen = st.lists(st.builds(Seen, plates, days), max_size=6)


@given(events, st.randoms())
def test_the_order_of_rows_does_not_matter(happened, random):
    mixed = random.sample(happened, len(happened))
    assert feedbacks(mixed, FIRST, LAST) == feedbacks(happened, FIRST, LAST)


@given(events, st.lists(st.builds(Happened, st.just("冀R9"), days, st.sampled_from([What.REPAIRED, What.RETESTED, What.DISPOSED]))))
def test_what_happened_to_another_vehicle_changes_nothing(happened, others):
    assert feedbacks([*happened, *others], FIRST, LAST) == feedbacks(happened, FIRST, LAST)


@given(events)
def test_every_failed_first_test_is_judged_once_on_the_day_its_window_ends(happened):
    failed = {(event.plate, event.on) for event in happened if event.what is What.FAILED}
    assert {(one.plate, one.failed_on) for one in feedbacks(happened, FIRST, LAST)} == failed
    by_days = [one for step in range(201) for one in feedbacks(happened, D0 + timedelta(step), D0 + timedelta(step))]
    assert sorted(by_days, key=str) == sorted(feedbacks(happened, FIRST, LAST), key=str)


@given(events)
def test_what_counts_lies_in_order_between_the_test_and_the_end_of_its_window(happened):
    for one in feedbacks(happened, FIRST, LAST):
        assert one.due == one.failed_on + WINDOW
        answers = [day for day in (one.repaired_on, one.retested_on, one.disposed_on) if day]
        assert all(one.failed_on <= day <= one.due for day in answers)
        assert one.retested_on is None or one.repaired_on <= one.retested_on
        assert one.counts == (one.retested_on is not None or one.disposed_on is not None)


@given(events, st.builds(Happened, plates, days, st.sampled_from([What.REPAIRED, What.RETESTED, What.DISPOSED])))
def test_more_feedback_never_makes_less_of_it(happened, one_more):
    before = {(one.plate, one.failed_on) for one in feedbacks(happened, FIRST, LAST) if one.counts}
    after = {(one.plate, one.failed_on) for one in feedbacks([*happened, one_more], FIRST, LAST) if one.counts}
    assert before <= after


def test_a_retest_before_the_failed_test_never_counts():
    old = [Happened("京A1", D0, What.REPAIRED), Happened("京A1", D0, What.RETESTED), Happened("京A1", D0 + timedelta(1), What.FAILED)]
    (one,) = feedbacks(old, FIRST, LAST)
    assert (one.counts, one.why) == (False, "2020-03-02前没有维修或处置信息")


def test_the_last_day_of_the_window_counts_and_the_day_after_does_not():
    for late, counts in ((0, True), (1, False)):
        found = feedbacks([Happened("京A1", D0, What.FAILED), Happened("京A1", D0 + WINDOW + timedelta(late), What.DISPOSED)], FIRST, LAST)
        assert [one.counts for one in found] == [counts]


@given(tests, seen, seen, st.randoms())
def test_the_order_of_tests_and_findings_does_not_matter(tested, over, verified, random):
    mixed = [random.sample(rows, len(rows)) for rows in (tested, over, verified)]
    assert duties(*mixed, FIRST, LAST) == duties(tested, over, verified, FIRST, LAST)


@given(tests, seen, seen)
def test_only_tested_vehicles_have_test_data_and_each_stands_once_verified_after_its_test(tested, over, verified):
    found = duties(tested, over, verified, FIRST, LAST)
    assert len({duty.plate for duty in found}) == len(found)
    assert {duty.plate for duty in found} <= {test.plate for test in tested}
    assert all(duty.verified_on is None or duty.verified_on >= duty.tested_on for duty in found)


@given(tests, seen, seen, st.lists(st.builds(Seen, st.just("冀R9"), days)))
def test_findings_on_an_untested_vehicle_change_nothing(tested, over, verified, others):
    assert duties(tested, [*over, *others], [*verified, *others], FIRST, LAST) == duties(tested, over, verified, FIRST, LAST)


@given(tests, seen, seen)
def test_a_young_vehicle_of_here_that_passed_everything_is_in_no_group(tested, over, verified):
    clean = [Inspected("京A7", D0, failed_first=False, registered_here=True, diesel=True, registered_on=date(2019, 1, 1))]
    assert duties([*tested, *clean], over, verified, FIRST, LAST) == duties(tested, over, verified, FIRST, LAST)


def test_a_vehicle_of_all_three_groups_names_them_all_and_outside_the_days_nothing_counts():
    test = Inspected("冀R1", D0, failed_first=True, registered_here=False, diesel=True, registered_on=date(2010, 1, 1))
    (duty,) = duties([test], [], [Seen("冀R1", LAST + timedelta(1))], FIRST, LAST)
    assert (duty.groups, duty.verified_on) == (tuple(Group), None)
    assert duties([test], [], [], D0 + timedelta(1), LAST) == []


def test_five_years_are_up_on_the_day_itself_also_for_one_of_29_february():
    assert older_than(date(2015, 3, 2), date(2020, 3, 2))
    assert not older_than(date(2015, 3, 3), date(2020, 3, 2))
    assert older_than(date(2016, 2, 29), date(2021, 3, 1))
    assert not older_than(date(2016, 2, 29), date(2021, 2, 28))
    assert not older_than(None, date(2020, 1, 1))
