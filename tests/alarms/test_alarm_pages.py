"""The pages: who sees what, what they say, what can be done from them, how often they ask the database."""

import re
from html import unescape

import pytest
from alarm_desk import DAY, NOX, PH, paper
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from stage import at

from gongjian.alarms.actions.inspecting import decide, look_through
from gongjian.alarms.models import Alarm, AlarmPaper, AlarmStep, Limit, QualityFinding
from gongjian.alarms.registry import forget, provide
from gongjian.cases.models import Case

pytestmark = pytest.mark.django_db
SEEING = {"tongchou", "chengjian", "chengjian-zhang", "jiaotong", "gongan", "shuiwu", "jiedao", "jiancha", "lingdao"}
EVERYBODY = [*sorted(SEEING), "guanli", "xinren"]
OWN = {"tongchou", "chengjian", "chengjian-zhang", "jiancha", "lingdao"}
REVIEWERS = {"tongchou", "jiancha"}


def words(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def hidden(answer):
    """What the form on the page carries unseen."""
    return dict(re.findall(r'<input type="hidden" name="(token|version)" value="([^"]*)"', answer.content.decode()))


@pytest.fixture
def known(desk):
    """The desk's data as a source that pages read."""
    provide(desk.source)
    yield desk
    forget("memory")


def url(name, *args):
    return reverse(f"alarms:{name}", args=args)


def found_flat(desk):
    desk.limit(desk.boiler)
    desk.say(*[33.0] * 24)
    look_through(at(10, 20).date(), at(10, 20).date(), now=at(10, 21), among=[desk.source])
    return QualityFinding.objects.get(detector="flat")


@pytest.mark.parametrize("person", EVERYBODY)
def test_the_lists_are_for_those_who_may_see_alarms(known, sign_in, person):
    for name in ("list", "quality", "outlets"):
        assert sign_in(person).get(url(name)).status_code == (200 if person in SEEING else 403)


@pytest.mark.parametrize("name", ["list", "quality", "outlets"])
def test_a_visitor_is_asked_to_sign_in(known, sign_in, name):
    answer = sign_in(None).get(url(name))
    assert answer.status_code == 302
    assert "login" in answer.url


@pytest.mark.parametrize("person", EVERYBODY)
def test_an_alarm_its_files_its_finding_and_its_outlet_are_hidden_from_other_departments(known, sign_in, person):
    alarm = known.take(known.exceeding(80.0), "explain", papers=[paper()])
    found = found_flat(known)
    addresses = [
        url("alarm", alarm.pk),
        url("paper", alarm.pk, AlarmPaper.objects.get().pk),
        url("finding", found.pk),
        url("outlet", known.boiler.pk),
    ]
    for address in addresses:
        assert sign_in(person).get(address).status_code == (200 if person in OWN else 403), address
    if person in SEEING - OWN:
        assert "滨热公司" not in words(sign_in(person).get(url("list") + "?state=all"))
        assert "滨热公司" not in words(sign_in(person).get(url("quality") + "?state=all"))
        assert "滨热公司" not in words(sign_in(person).get(url("outlets")))


def test_the_page_of_an_alarm_says_what_happened_by_which_rule_and_shows_it(known, sign_in):
    alarm = known.exceeding(40.0, 80.0, 62.5)
    page = sign_in("lingdao").get(url("alarm", alarm.pk))
    said = words(page)
    assert "滨热公司 1号锅炉排口氮氧化物自 10-20 01:00 起超标 2 次，最严重时 80 mg/m³（限值 50 mg/m³），仍在持续。" in said
    assert "任一小时超标即报警，连续 2 个小时正常即解除" in said
    assert "排污许可证载明的小时浓度限值" in said
    assert "设备上传折算值的按折算值判定" in said
    picture = page.content.decode()
    assert picture.count('class="curve-over"') == 2
    assert ">限值 50</text>" in picture
    assert not re.search(r"/alarms/\d+/step/", picture)


@pytest.mark.parametrize("state", ["open", "acknowledged", "explained", "accepted", "cased", "cleared", "withdrawn"])
@pytest.mark.parametrize("person", ["tongchou", "chengjian", "lingdao"])
def test_in_every_state_the_page_offers_what_can_be_done_and_each_offer_has_its_form(known, sign_in, state, person):
    alarm = known.at_state(state)
    page = sign_in(person).get(url("alarm", alarm.pk))
    assert alarm.get_state_display() in words(page)
    offered = re.findall(r'href="(/alarms/\d+/step/\w+/)"', page.content.decode())
    expected = {
        ("open", "chengjian"): 2,
        ("acknowledged", "chengjian"): 1,
        ("open", "tongchou"): 1,
        ("acknowledged", "tongchou"): 1,
        ("explained", "tongchou"): 2,
    }
    assert len(offered) == expected.get((state, person), 0)
    for address in offered:
        assert sign_in(person).get(address).status_code == 200


def test_from_the_alarm_to_the_case_over_the_pages_alone(known, sign_in):
    """Each by the person whose turn it is."""
    alarm = known.exceeding(80.0)
    address = url("step", alarm.pk, "explain")
    client = sign_in("chengjian")
    form = client.get(address)
    typed = {"cause": "fault", "words": "喷枪堵塞", "teller": "李强", **hidden(form)}
    typed["papers"] = SimpleUploadedFile("记录.pdf", b"%PDF-1.4 x", content_type="application/pdf")
    answer = client.post(address, typed, follow=True)
    assert "已办理：提交说明。" in words(answer)
    assert "喷枪堵塞" in words(answer)
    assert "提交说明（设备故障） 企业说明人：李强" in words(answer)
    link = re.search(r'href="(/alarms/\d+/papers/\d+/)"', answer.content.decode())[1]
    paper_answer = sign_in("jiancha").get(link)
    assert (paper_answer["X-Content-Type-Options"], b"".join(paper_answer.streaming_content)) == ("nosniff", b"%PDF-1.4 x")
    address = url("step", alarm.pk, "reject")
    client = sign_in("jiancha")
    assert "请填写“情况说明”" in words(client.post(address, hidden(client.get(address))))
    answer = client.post(address, {"words": "记录不符", **hidden(client.get(address))}, follow=True)
    case = Case.objects.get()
    assert f"{case.number} 滨热公司 1号锅炉排口：氮氧化物小时均值超标" in words(answer)
    page = client.get(reverse("cases:case", args=[case.pk]))
    assert f"报警 B2020-{alarm.pk:06d}" in words(page)
    assert url("alarm", alarm.pk) in page.content.decode()


def test_the_case_tells_of_its_alarm_only_to_those_who_may_see_it(known, sign_in):
    case = known.take(known.exceeding(80.0), "file").case
    from gongjian.cases.actions.stepping import take

    take(case, "reroute", {"department": known.department("水务局"), "reason": "归口"}, by=None, at=at(10, 22))
    assert "来源 报警" in words(sign_in("tongchou").get(reverse("cases:case", args=[case.pk])))
    assert "来源 报警" not in words(sign_in("shuiwu").get(reverse("cases:case", args=[case.pk])))


def test_what_is_typed_wrongly_is_kept_and_said(known, sign_in):
    alarm = known.exceeding(80.0)
    client, address = sign_in("chengjian"), url("step", alarm.pk, "explain")
    answer = client.post(address, {"words": "只有文字", **hidden(client.get(address))})
    assert "请选择“原因类别”。" in words(answer)
    assert "只有文字" in answer.content.decode()
    bad = SimpleUploadedFile("x.pdf", b"MZ", content_type="application/pdf")
    answer = client.post(address, {"words": "有文件", "cause": "fault", "papers": bad, **hidden(client.get(address))})
    assert answer.status_code == 409
    assert "不是 JPEG、PNG 照片或 PDF" in words(answer)
    assert "有文件" in answer.content.decode()


def test_a_double_click_is_one_step_and_a_stale_form_is_told(known, sign_in):
    alarm = known.exceeding(80.0)
    client, address = sign_in("chengjian"), url("step", alarm.pk, "explain")
    form = hidden(client.get(address)) | {"cause": "fault", "words": "甲"}
    for _ in range(2):
        assert client.post(address, form, follow=True).status_code == 200
    assert AlarmStep.objects.filter(alarm=alarm, step="explain").count() == 1
    answer = client.post(address, {"cause": "fault", "words": "乙", "version": "1", "token": "f" * 32})
    assert answer.status_code == 409
    assert "当前状态为“待审核”，不能“提交说明”" in words(answer)


def test_steps_of_the_system_and_steps_that_are_none_have_no_page(known, sign_in):
    alarm = known.exceeding(80.0)
    for name in ("expire", "clear", "nothing"):
        assert sign_in("tongchou").get(url("step", alarm.pk, name)).status_code == 404
    assert sign_in("tongchou").get(url("alarm", alarm.pk + 99)).status_code == 404
    assert sign_in("tongchou").get(url("paper", alarm.pk, 1)).status_code == 404


def test_a_step_by_the_wrong_person_is_forbidden_and_does_nothing(known, sign_in):
    alarm = known.exceeding(80.0)
    form = {"cause": "fault", "words": "甲"}
    assert sign_in("tongchou").post(url("step", alarm.pk, "explain"), form).status_code == 403
    assert sign_in("shuiwu").post(url("step", alarm.pk, "explain"), form).status_code == 403
    assert Alarm.objects.get(pk=alarm.pk).state == "open"


def test_a_finding_is_explained_and_decided_upon(known, sign_in):
    found = found_flat(known)
    client = sign_in("jiancha")
    page = words(client.get(url("finding", found.pk)))
    for told in ("连续 24 个数据都是 33 mg/m³", "真实排放总有波动", "HJ 356-2019", "立案核查"):
        assert told in page
    address = url("decide", found.pk, "confirm")
    answer = client.post(address, {"words": "采样管堵塞", **hidden(client.get(address))}, follow=True)
    assert "已立案" in words(answer)
    assert "数据质量疑点" in words(client.get(reverse("cases:case", args=[Case.objects.get().pk])))
    assert client.get(url("decide", found.pk, "nothing")).status_code == 404
    assert "流程已经结束" in words(client.get(url("decide", found.pk, "dismiss")))
    assert sign_in("chengjian").post(address, {"words": "x"}).status_code in (403, 409)


def test_lists_are_narrowed_as_the_address_says(known, sign_in):
    known.limit(known.sewer, PH, lower=6.0, upper=9.0)
    alarm = known.exceeding(80.0, 20.0, 20.0)
    known.say(3.0, station="DW001", factor=PH)
    known.sweep()
    client = sign_in("tongchou")

    def rows(query):
        return re.findall(r"B2020-\d{6}", words(client.get(url("list") + query)))

    other = Alarm.objects.get(outlet=known.sewer)
    assert rows("") == [other.number, alarm.number]
    assert rows("?state=lasting") == [other.number]
    assert rows(f"?outlet={known.boiler.pk}") == rows(f"?factor={NOX}") == [alarm.number]
    assert rows("?sort=flat") == rows("?severity=3-minor") == rows("?state=cased") == rows("?outlet=99999") == []
    assert rows("?text=滨水") == [other.number]
    assert len(rows("?state=all&outlet=x&severity=nonsense&page=99")) == 2
    known.take(alarm, "explain")
    assert rows("?state=explained") == [alarm.number]
    assert "2 待处理 1 仍在持续 2 严重，待处理" in words(client.get(url("list")))


def test_findings_are_narrowed_too(known, sign_in):
    found = found_flat(known)
    client = sign_in("tongchou")
    assert "滨热公司" in words(client.get(url("quality") + "?detector=flat"))
    assert "没有符合条件的疑点" in words(client.get(url("quality") + "?detector=copy"))
    decide(found, "dismiss", "无异常", by=None, at=at(10, 22))
    assert "查看后无异常" in words(client.get(url("quality") + "?state=sound"))


@pytest.mark.parametrize("person", EVERYBODY)
def test_limits_are_entered_and_ended_by_those_who_may(known, sign_in, person):
    limit = known.limit(known.boiler)
    typed = {"factor": str(limit.factor.pk), "averaging": "hour", "upper": "30", "source": "许可证 9111", "valid_from": "2020-11-01"}
    client, address = sign_in(person), url("outlet", known.boiler.pk)
    end = url("end-limit", known.boiler.pk, limit.pk)
    if person not in REVIEWERS:
        assert client.post(address, typed).status_code == 403
        assert client.post(end, {"on": "2020-12-01"}).status_code == 403
        assert Limit.objects.count() == 1
        return
    assert "限值已登记。" in words(client.post(address, typed, follow=True))
    assert "≤ 30 mg/m³" in words(client.get(address))
    answer = client.post(address, typed | {"upper": "", "valid_from": "2020-12-01"})
    assert answer.status_code == 409
    assert "至少填写上限、下限" in words(answer)
    assert "请填写“依据”。" in words(client.post(address, typed | {"source": ""}))
    newest = Limit.objects.get(upper=30)
    answer = client.post(url("end-limit", known.boiler.pk, newest.pk), {"on": "2021-01-01"}, follow=True)
    assert "2021-01-01 前" in words(answer)
    assert "不能再次停用" in words(client.post(end, {"on": "2021-01-01"}))


def test_an_outlet_without_limits_says_what_that_means(known, sign_in):
    assert "没有登记限值：这个排放口的数据不会报超标。" in words(sign_in("shuiwu").get(url("outlet", known.sewer.pk)))


def test_every_page_asks_a_fixed_number_of_questions(known, sign_in):
    """Of five alarms and findings as of one."""
    found = found_flat(known)
    alarm = known.exceeding(*[80.0] * 3)
    client = sign_in("tongchou")
    addresses = [
        url("list"),
        url("quality"),
        url("outlets"),
        url("alarm", alarm.pk),
        url("finding", found.pk),
        url("outlet", known.boiler.pk),
    ]

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    before = [asked(address) for address in addresses]
    for outlet, factor in ((known.sewer, PH), (known.boiler, "a01001")):
        known.limit(outlet, factor, upper=5.0)
        known.say(9.0, 1.0, 1.0, 9.0, 9.0, 1.0, 1.0, station=outlet.station.code, factor=factor, start=DAY)
    known.sweep()
    look_through(at(10, 19).date(), at(10, 21).date(), now=at(10, 22), among=[known.source])
    after = [asked(address) for address in addresses]
    assert all(late <= early + 1 for early, late in zip(before, after, strict=True))  # the first alarm of a factor adds its name
    assert max(after) <= 22, after
