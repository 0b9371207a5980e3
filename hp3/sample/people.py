"""Pupils and guardians made by rule: the same every time, and nobody's real data."""

from __future__ import annotations

from services.enrollment.register.roster.lines import Guardian, Pupil, Relation

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹"
FIRST = "子梓浩宇欣雨思嘉佳一诗若俊明晨可安乐文天"
SECOND = "涵轩怡然晨辰萱彤泽琪瑶博雅睿宁航悦凡成"
RELATIONS: tuple[Relation, ...] = ("mother", "father", "grandparent")
CLASS_SIZE = 34


def pupils_of(school_number: int, grades: tuple[int, ...], count: int) -> list[Pupil]:
    """Return ``count`` pupils of a school, spread over its grades, class by class."""
    return [_pupil(school_number, grades, index) for index in range(count)]


def _pupil(school: int, grades: tuple[int, ...], index: int) -> Pupil:
    grade = grades[index // CLASS_SIZE % len(grades)]
    number = index // CLASS_SIZE // len(grades) + 1
    name = _name(school * 211 + index * 7)
    return Pupil(
        line=index + 2,
        sourced_id=f"s{school:02d}-{index:04d}",
        name=name,
        gender="female" if index % 2 else "male",
        born_on=None,
        identity_number=None,
        student_number=None,
        grade=grade,
        class_name=f"{'一二三四五六七八九'[grade - 1]}年级{number}班",
        guardians=(
            Guardian(
                sourced_id=f"g{school:02d}-{index:04d}",
                name=name[0] + _name(school * 97 + index * 11 + 3)[1:],
                relation=RELATIONS[index % 3],
                phone=f"1990000{index:04d}",
            ),
        ),
    )


def _name(number: int) -> str:
    surname = SURNAMES[number % len(SURNAMES)]
    first = FIRST[number // 3 % len(FIRST)]
    second = SECOND[number // 5 % len(SECOND)]
    return surname + (first if number % 9 == 0 else first + second)
