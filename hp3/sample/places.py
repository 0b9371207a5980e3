"""The sample's districts and schools."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class District:
    district_id: str
    name: str
    profile: str


@dataclass(frozen=True, slots=True)
class School:
    school_id: str
    name: str
    district: District
    stage: str
    area: str
    grades: tuple[int, ...]


URBAN = District("sample-urban", "示例城区", "urban-district")
DEXING = District("sample-dexing", "示例德兴", "dexing")
DISTRICTS = (URBAN, DEXING)

_PRIMARY = (1, 2, 3, 4, 5, 6)
_JUNIOR = (7, 8, 9)

SCHOOLS = (
    School("chaoyang", "朝阳小学", URBAN, "primary", "urban", _PRIMARY),
    School("yucai", "育才小学", URBAN, "primary", "urban", _PRIMARY),
    School("chunhui", "春晖小学", URBAN, "primary", "urban", _PRIMARY),
    School("binhe", "滨河小学", URBAN, "primary", "urban", _PRIMARY),
    School("xinhua", "新华小学", URBAN, "primary", "urban", _PRIMARY),
    School("shiyan", "实验小学", URBAN, "primary", "urban", _PRIMARY),
    School("yinshan", "银山中心小学", DEXING, "primary", "rural", _PRIMARY),
    School("hekou", "河口中心小学", DEXING, "primary", "rural", _PRIMARY),
    School("chengdong", "城东小学", DEXING, "primary", "urban", _PRIMARY),
    School("diyi-zhongxue", "第一初级中学", DEXING, "junior", "urban", _JUNIOR),
)
PUPILS_PER_SCHOOL = 204
"""Six classes of 34; some 2,000 in ten schools."""

TERM_NAME = "2026年秋季学期"
FIRST_DAY, LAST_DAY = "2026-09-01", "2027-01-22"
CALENDAR_YEAR = 2026
