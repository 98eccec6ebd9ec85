"""Every doubt a reader can have, with its sentence; codes are stable, sentences may be improved."""

from __future__ import annotations

from gongjian.plans.planfile.model import Doubt, Place

SENTENCES = {
    # text
    "joined-over-rows": "这条措施从上一行没有写完的地方接着印，已连成一条，请对照原件。",
    "sentence-without-end": "句子没有写完，后面的内容可能丢失：“…{tail}”。",
    "disordered": "这一格被切成{count}个短段、不成句子，字序可能混乱，只能识其大意。",
    "unbalanced": "引号或括号不成对（{mark}），可能漏字。",
    "broken-sentence": "句子不完整，可能漏字：“{quote}”。",
    "figure-missing": "“{quote}”后面没有数值或要求，可能漏字。",
    "repeated-words": "并列的词语重复：“{quote}”，可能误印。",
    "misprint": "“{quote}”疑为“{meant}”之误。",
    "text-missing": "这一行没有工作措施的文字。",
    "maybe-previous-task": "这一段印在本项下，用词却更像上一项“{task}”，可能因换页错位。",
    # several measures in one cell
    "split-at-blank": "一格里印了{count}条措施，按空格处分开，请核对。",
    "split-by-sentence": "一格里印了{count}条措施，按句号分开以对应旁边的时限或部门，请核对。",
    "perhaps-several": "句号恰在行末，这一条可能是{count}条措施，请核对。",
    "rows-and-measures": "措施有{measures}条，旁边的时限和部门有{rows}行，对不上，请核对。",
    # deadline
    "deadline-count": "措施有{measures}条，时限有{deadlines}个，对不上，请核对。",
    "deadline-unreadable": "完成时限“{text}”看不懂。",
    "deadline-other-year": "完成时限“{text}”写的是{printed}年，本计划是{year}年的，只按月日读入。",
    "deadline-missing": "没有完成时限。",
    "deadline-as-above": "完成时限一栏空白，按与上一条合并理解为“{text}”。",
    "deadline-of-joined": "续印处的完成时限“{text}”与前面的“{before}”不同，按前面的取。",
    # departments
    "lead-missing": "没有牵头部门。",
    "lead-as-above": "牵头一栏空白，按与上一条合并理解。",
    "support-as-above": "协办一栏空白，按与上一条合并理解。",
    "support-blank": "协办一栏空白，是没有协办还是与上一条合并看不出，按没有协办处理。",
    "lead-order": "一格里有{measures}条措施和{names}个牵头部门，如何对应看不出。",
    "support-order": "一格里有{measures}条措施和{names}个协办部门，如何对应看不出。",
    "department-unknown": "不认识的部门“{name}”。",
    "department-unreadable": "“{name}”不像一个部门的名称。",
    "two-spellings": "“{printed}”与文件中别处的“{name}”按同一部门处理，可能误印。",
    "lead-and-support": "“{name}”既是牵头又是协办，可能有一处误印。",
    "open-list": "部门名单以“等”结尾，没有列全。",
    # tasks and the whole document
    "task-number-lost": "序号缺失，任务名称“{task}”也可能不全{guess}。",
    "task-number-unreadable": "序号“{text}”看不懂。",
    "task-name-lost": "重点任务的名称缺失。",
    "task-name-continued": "任务名称分在两处印，已连成“{task}”。",
    "numbers-missing": "“{plan}”缺第{numbers}项：可能漏印或丢页。",
    "number-out-of-order": "“{plan}”第{number}项排在第{before}项之后，序号重复或倒退。",
    "no-numbers": "“{plan}”没有序号，已按次序编号。",
    "table-ignored": "这张表没有认出计划的表头，没有读入。",
    "row-ignored": "这一行没有认出是什么，没有读入：“{text}”。",
    "two-lead-columns": "表里有不止一栏责任部门（{columns}），已都作牵头读入。",
    "untitled-plan": "表格前没有找到计划的标题，已用“{plan}”。",
}


def doubt(code: str, place: Place, field: str | None = None, **words: object) -> Doubt:
    """A doubt with its sentence filled in; an unknown code is an error of the program."""
    return Doubt(code, SENTENCES[code].format(**words), place, field)
