"""What a refusal says: its words, found beside its class, and its parameters in each language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from chassis.eventsourcing.application import refused
from chassis.kernel import texts
from chassis.kernel.errors import BusinessRuleViolation, NotFound

FILES: Mapping[str, texts.Texts] = {
    "shop": {
        "closed": {"zh": "{day:%m-%d} 休息。", "en": "Closed on {day}."},
        "sold-out": {
            "zh": "没有了：{things}。",
            "en": "None left: {things}.",
            "today": {"zh": "今天没有 {things:/}。", "en": "No {things:/} today."},
        },
        "words": {"things": {"tea": {"zh": "茶", "en": "tea"}}},
    },
    "shop.till": {
        "not-found": {"zh": "没有 {what}。", "en": "{what:-}Not here."},
        "moved": {"zh": "{at}", "en": "{at}"},
    },
}


class Closed(BusinessRuleViolation):
    __module__ = "shop.till.opening"
    code = "closed"


class SoldOut(BusinessRuleViolation):
    __module__ = "shop.till"
    code = "sold-out"


class NotHere(NotFound):
    __module__ = "shop.till.shelves"


class NotHereEither(NotHere):
    __module__ = "shop.till.cellar"


class Moved(BusinessRuleViolation):
    __module__ = "shop.till.moving"
    code = "moved"


@dataclass(frozen=True)
class Named:
    zh: str
    en: str


@pytest.fixture(autouse=True)
def shop(monkeypatch: pytest.MonkeyPatch) -> None:
    real = texts.texts_of
    monkeypatch.setattr(
        texts,
        "texts_of",
        lambda package: FILES.get(package, {}) if package.startswith("shop") else real(package),
    )


def both(refusal: BusinessRuleViolation) -> tuple[str, str]:
    detail = refused(refusal)["detail"]
    assert set(detail) == {"zh", "en"}
    assert str(refusal) == detail["zh"]
    return detail["zh"], detail["en"]


def test_the_nearest_file_above_the_class_speaks():
    assert both(Closed(day=date(2026, 9, 1))) == ("09-01 休息。", "Closed on 2026-09-01.")


def test_a_list_is_said_with_the_languages_commas_and_what_has_a_name_by_its_name():
    refusal = SoldOut(things=["tea", Named("咖啡", "coffee"), "X"])

    assert both(refusal) == ("没有了：茶、咖啡、X。", "None left: tea, coffee, X.")


def test_a_case_of_a_code_has_its_own_sentence():
    assert both(SoldOut("today", things=("tea", "X"))) == ("今天没有 茶/X。", "No tea/X today.")


def test_a_class_that_has_no_words_speaks_with_those_of_its_base():
    refusal = NotHereEither(what="B7")

    assert refusal.code == "not-found"
    assert both(refusal) == ("没有 B7。", "Not here.")


def test_an_instant_is_said_as_iso_8601():
    at = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)

    assert both(Moved(at=at)) == ("2026-09-01T08:30:00+00:00",) * 2


@pytest.mark.parametrize("refusal", [Closed(), Closed("at-noon", day=date(2026, 9, 1))])
def test_what_cannot_be_said_is_an_error(refusal: BusinessRuleViolation):
    with pytest.raises(KeyError):
        refused(refusal)


def test_what_values_are_called_can_be_asked():
    assert texts.words("shop.till.opening", "things")["tea"] == {"zh": "茶", "en": "tea"}


def test_the_files_of_the_code_are_read():
    refusal = NotFound("of-another-school")

    assert both(refusal) == ("没有找到，或不属于您的学校。", "Not found, or not in your school.")
