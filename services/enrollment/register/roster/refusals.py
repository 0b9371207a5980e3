"""The words of every verdict this library gives about a row.

Codes are part of the published language and never change. A key is a code, or a code and a
variant after a slash. No text repeats what a cell holds: a shifted column
puts identity numbers anywhere, and verdicts get logged.
"""

from __future__ import annotations

from collections.abc import Mapping

from services.enrollment.register.roster.lines import Refused, Skipped

TEXTS: Mapping[str, tuple[str, str]] = {
    "roster.name-missing": ("没有姓名。请补填。", "No name. Fill it in."),
    "roster.name-too-long": (
        "姓名超过 {limit} 个字。请检查是否错列。",
        "The name is longer than {limit} characters. Is the column right?",
    ),
    "roster.class-missing": (
        "没有班级。请补填；如果班级是合并单元格，请取消合并并逐行填写。",
        "No class. Fill it in on every row; merged cells must be unmerged.",
    ),
    "roster.class-unreadable": (
        "看不懂班级。请写成“三年级2班”，并把该列设为文本格式。",
        "Unclear class. Write it like 三年级2班 and format the column as text.",
    ),
    "roster.class-unknown": (
        "enrollments.csv 指向的班级不在 classes.csv 里。",
        "The enrollment names a class that classes.csv does not have.",
    ),
    "roster.several-classes": (
        "该生在多个班级里，无法判断行政班。请把行政班的 classType 设为 homeroom。",
        "Enrolled in several classes. Mark the home class with classType homeroom.",
    ),
    "roster.grade-missing": (
        "看不出年级。请填年级，或把班级写成“三年级2班”。",
        "No grade. Fill it in, or write the class like 三年级2班.",
    ),
    "roster.grade-wrong": (
        "年级不在一年级到九年级之内。",
        "The grade is not one of 1 to 9.",
    ),
    "roster.grade-differs": (
        "年级列与班级列里的年级不一致。请改正其中一个。",
        "The grade column and the class disagree. Correct one of them.",
    ),
    "roster.date-unreadable": (
        "看不懂出生日期。请写成 2017-09-01。",
        "Unclear birth date. Write it like 2017-09-01.",
    ),
    "roster.gender-unreadable": (
        "看不懂性别。请填“男”或“女”，不清楚就留空。",
        "Unclear gender. Write 男 or 女, or leave it empty.",
    ),
    "roster.identity-number-wrong": (
        "身份证号应为 18 位且校验码正确。请核对；如果不是居民身份证，请增加“证件类型”一列。",
        (
            "An identity number has 18 characters and a checksum, which fails here. Check it; for "
            "another document add a column 证件类型."
        ),
    ),
    "roster.identity-number-wrong/birth-date": (
        "身份证号里的出生日期与出生日期列不一致。",
        "The identity number and the birth date disagree.",
    ),
    "roster.identity-number-wrong/gender": (
        "身份证号里的性别与性别列不一致。",
        "The identity number and the gender disagree.",
    ),
    "roster.number-not-text": (
        "号码被表格软件改成了数字（末几位已丢失）。请先把该列设为文本格式，再重新填写。",
        (
            "The spreadsheet rounded this number. Format the column as text, then "
            "type the number again."
        ),
    ),
    "roster.student-number-wrong": (
        "学籍号应为 G、J 或 L 加 18 位，共 19 位；G 后面是校验正确的身份证号。",
        "A student number is G, J or L and 18 characters; after G comes a valid identity number.",
    ),
    "roster.phone-wrong": (
        "电话号码不对。请一格只填一个号码：手机 11 位，座机带区号，境外以 + 开头。",
        (
            "Not a phone number. One number per cell: 11-digit mobile, landline with area code, or "
            "international starting with +."
        ),
    ),
    "roster.guardian-name-missing": (
        "有监护人的电话，但没有监护人姓名。请补填。",
        "A guardian has a phone but no name. Fill it in.",
    ),
    "roster.guardian-unknown": (
        "agentSourcedIds 指向的监护人不在 users.csv 里。",
        "agentSourcedIds names a guardian that users.csv does not have.",
    ),
    "roster.sourced-id-wrong": (
        "sourcedId 为空或超过 255 个字符。",
        "The sourcedId is empty or longer than 255 characters.",
    ),
    "roster.cell-error": (
        "单元格里是公式错误（如 #N/A）。请改成文字。",
        "The cell holds a formula error such as #N/A. Replace it with text.",
    ),
    "roster.duplicate-line": (
        "与第 {other} 行是同一个{what}。请删去一行，或改正号码。",
        "Same {what_en} as row {other}. Delete one of them or correct the number.",
    ),
    "roster.example-row": (
        "这是模板里的示例行，没有导入。",
        "This is the template's example row; it was not imported.",
    ),
    "roster.to-be-deleted": (
        "导入从不删除。学生离开请在页面上办理退出。",
        "An import never deletes. Withdraw the pupil on the page instead.",
    ),
    "roster.not-a-pupil": (
        "不是学生，也不是监护人，没有导入。",
        "Neither a pupil nor a guardian; not imported.",
    ),
    "roster.guardian-of-nobody": (
        "这位监护人没有关联任何学生，没有导入。",
        "This guardian belongs to no pupil; not imported.",
    ),
}

CODES = frozenset(key.partition("/")[0] for key in TEXTS)


class Wrong(Exception):
    """Ends the reading of one row; never leaves this library."""

    def __init__(self, key: str, field: str, **facts: object) -> None:
        super().__init__(key)
        self.key = key
        self.field = field
        self.facts = facts


def refused(line: int, wrong: Wrong) -> Refused:
    """Return the verdict that ``wrong`` means for row ``line``."""
    zh, en = words(wrong.key, **wrong.facts)
    code = wrong.key.partition("/")[0]
    return Refused(line=line, code=code, field=wrong.field, detail=zh, en=en)


def skipped(line: int, code: str) -> Skipped:
    """Return the verdict that row ``line`` asks for nothing an import does."""
    zh, en = words(code)
    return Skipped(line=line, code=code, detail=zh, en=en)


def words(key: str, **facts: object) -> tuple[str, str]:
    """Return the Chinese and the English text of ``key``."""
    zh, en = TEXTS[key]
    return zh.format(**facts), en.format(**facts)
