"""A bad plan file gets one clear Chinese sentence: what is wrong, where, what to do."""

import pytest
from planfile.test_format_roundtrip import WRITTEN

from gongjian.plans.planfile.model import PlanFileError
from gongjian.plans.planfile.toml_format import LARGEST, parse_plan_file, read_plan_file

COAL = 'indicator = "energy.loose_coal.found", op = "<=", value = 0, unit = "起"'
MEASURE = "plan.toml 第20行 措施 A20.1"


def fault(text, name="plan.toml"):
    with pytest.raises(PlanFileError) as refused:
        parse_plan_file(text, name)
    sentence = str(refused.value)
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    return sentence


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('section = "推', 'secton = "推', f"{MEASURE}：不认识的字段“secton”"),
        ('section = "推进能源消费清洁化"\n', "", f"{MEASURE}：缺少字段“section”"),
        ('key = "A20.1"\n', "", "plan.toml 第20行 第1个 [[measure]]：缺少字段“key”"),
        ('key = "A20.1"', 'key = "B20.1"', "plan.toml 第20行 措施 B20.1：看不出属于哪个分计划"),
        ('key = "A20.1"', 'key = "甲"\nplan = "蓝天计划"', "编号里看不出措施序号，须写明 measure_no"),
        ('"11-15"', '"11-31"', f"{MEASURE}：完成时限“11-31”不认识，可用的是 year-end、ongoing、milestones、unstated 或 MM-DD 形式的日期"),
        ('"11-15"', '"date"', "完成时限“date”不认识"),
        ('"11-15"', '"年底前"', "完成时限“年底前”不认识"),
        ('"11-15"', "11", f"{MEASURE}：字段“deadline”应是带引号的文字"),
        ('kind = "narrative"', 'kind = "story"', f"{MEASURE}的“commitments”第2项：考核点类型“story”不认识，可用的是 target、trend"),
        (', unit = "起"', "", f"{MEASURE}的“commitments”第1项：考核点类型 target 缺少字段“unit”"),
        (COAL, f'{COAL}, direction = "up"', "考核点类型 target 没有字段“direction”，可用的是 indicator、op、value、unit、by、note"),
        ('op = "<="', 'op = "<>"', "考核点字段 op 的值“<>”不认识，可用的是 >=、>、<=、<"),
        ("value = 0", 'value = "零"', "字段“value”应是数字"),
        ("value = 0", "value = nan", "字段“value”应是数字"),
        ("value = 0", "value = true", "字段“value”应是数字"),
        ('{ kind = "narrative" }', '{ kind = "loop", cases = "散煤", due = "6月底" }', "考核点字段 due 的值“6月底”不是 MM-DD 形式的日期"),
        ('{ kind = "narrative" }', '{ kind = "duty", every = "week", what = "巡查" }', "every 的值“week”不认识"),
        ('{ kind = "narrative" }', '{ kind = "duty", every = "year", what = "巡查", value = 3 }', "考核点类型 duty 缺少字段“indicator”"),
        ('{ kind = "narrative" }', '{ kind = "register", ledger = "甲", published = "是" }', "字段“published”应是 true 或 false"),
        ('{ kind = "narrative" }', '"narrative"', "第2项：这里应是一个表"),
        ('kind = "bureau"', 'kind = "buro"', "plan.toml 第15行 第1个 [[department]]：部门类型“buro”不认识，可用的是 bureau、street"),
        ('aliases = ["综合行政执法局"]', 'aliases = ["综合执法局"]', "部门名称或别名“综合执法局”重复"),
        ('printed = "', 'prnted = "', "的责任部门：不认识的字段“prnted”"),
        ('support = ["各相关部门"]', "support = [3]", "lead、support 里应是部门名称"),
        ('support = ["各相关部门"]', 'support = "各相关部门"', "字段“support”应是列表"),
        ("source = { line = 169", "source = { line = 0", "的“source”：字段“line”应是正整数"),
        ("date = 2020-03-29", 'date = "2020-03-29"', "字段“date”应是不带引号的日期"),
        ("format = 1", "format = 2", "plan.toml：format 只认识 1"),
        ("[document]", "[dokument]", "plan.toml：缺少 [document] 一节"),
        ("[directory]", "[directions]", "plan.toml：不认识的字段“directions”"),
        ("deadline_text", 'uncertain = ["leads"]\ndeadline_text', f"{MEASURE}：uncertain 里的“leads”不认识"),
        ('number = "京', 'number = 京"', "plan.toml 第5行第10列不合 TOML 语法"),
        ("commitments = [\n", "commitments = [[[\n", "plan.toml"),
    ],
)
def test_each_fault_is_named_with_its_place(before, after, said):
    assert before in WRITTEN
    assert said in fault(WRITTEN.replace(before, after))


def test_a_repeated_key_is_named_with_both_lines():
    block = WRITTEN[WRITTEN.index("[[measure]]") :]
    assert fault(WRITTEN + "\n" + block) == "plan.toml 第21、38行：措施编号 A20.1 出现了2次，编号不能重复，请改正后再读。"


def test_a_repeated_letter_or_plan_title_is_refused():
    plan = '[[plan]]\nletter = "A"\ntitle = "蓝天计划"\n'
    assert "分计划“蓝天计划”写了两次" in fault(WRITTEN.replace(plan, plan + plan))
    assert "字头“A”已用于另一个分计划" in fault(WRITTEN.replace(plan, plan + plan.replace("蓝天", "碧水")))


def test_a_field_written_twice_is_a_matter_of_syntax():
    assert "不合 TOML 语法" in fault(WRITTEN.replace('key = "A20.1"', 'key = "A20.1"\nkey = "A20.2"'))


def test_a_header_inside_a_text_does_not_give_a_wrong_line():
    text = WRITTEN.replace('text = "严防散煤复烧。"', "text = '''\n[[measure]]\n'''").replace('"11-15"', '"13-01"')
    assert fault(text).startswith("plan.toml 措施 A20.1：完成时限“13-01”不认识")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "plan.toml 打不开（文件不存在、是文件夹或无权读取），请检查路径。"),
        ("方案".encode("gb18030"), "plan.toml 不是 UTF-8 编码的文本，请另存为 UTF-8 后再读。"),
        (b"\x00\x01", "不合 TOML 语法"),
        (b"", "缺少 [document] 一节"),
        (b"#" * (LARGEST + 1), "plan.toml 超过8 MB，不像方案文件"),
    ],
)
def test_a_file_that_is_no_plan_file_is_refused(tmp_path, content, said):
    path = tmp_path / "plan.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(PlanFileError, match=r"plan\.toml") as refused:
        read_plan_file(path)
    assert said in str(refused.value)


def test_a_folder_is_no_plan_file(tmp_path):
    with pytest.raises(PlanFileError, match="打不开"):
        read_plan_file(tmp_path)
