"""Policy values as people read them, and a plan beside the national rules."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from gateway import texts
from gateway.pages.formats import money, percent
from gateway.pages.language import language, said, t, word

GROUPS = (
    "parameter-word",
    "service_kind",
    "content_kind",
    "staff-kind",
    "waiver",
    "duty",
    "plan-item",
)
"""Where the words inside a value are looked up, in this order."""

LISTED = re.compile(r"[a-z]+(?:_[a-z]+)*|\b[1-7]\b")


def plainly(value: Any, shape: str = "") -> str:
    """Return a parameter's value in words; what has no word stands for itself."""
    match value:
        case None:
            return t("bureau-policy.blank")
        case bool():
            return t("bureau-policy.yes") if value else t("bureau-policy.no")
        case int() if shape == "fen":
            return money(value)
        case int() if shape == "basis_points_by_category":
            return percent(value)
        case int() if shape in ("minutes", "minutes_by_stage"):
            return t("span.minutes", n=value)
        case int() if shape == "weekdays":
            return word("weekday", value)
        case list() if shape == "spans" and value and isinstance(value[0], str):
            return t("from-to", first=value[0], last=value[-1])
        case list():
            parts = [plainly(each, shape) for each in value]
            return t("bureau-policy.and").join(parts) or t("bureau-policy.nothing")
        case Mapping():
            pairs = [
                t("bureau-policy.pair", name=_word(name), value=plainly(each, shape))
                for name, each in value.items()
            ]
            return t("bureau-policy.also").join(pairs)
        case _:
            return _word(value)


def as_json(value: Any) -> str:
    """Return a value as it is typed; nothing for a blank."""
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def side_by_side(policy: Mapping[str, Any], national: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return each conflict with the plan's parameter and the national rule that it is about."""
    plan = {each["parameter"]: each for each in policy["details"]}
    rules = {each["parameter"]: each for each in national["details"]}
    return [
        {
            "plan": plan[each["parameter"]],
            "rule": rules[each["rule"]],
            "text": in_words(each["text"], rules[each["rule"]]["shape"]),
        }
        for each in policy["conflicts"]
    ]


def in_words(text: Mapping[str, str], shape: str = "") -> str:
    """Return what a conflict says; what differs, listed at its end, is put into words."""
    rule, mark, differs = said(text).rpartition(": " if language() == "en" else "：")
    listed = LISTED.sub(lambda found: _listed(found[0], shape), differs)
    return f"{rule}{mark}{listed}"


def _listed(value: str, shape: str) -> str:
    return word("weekday", value) if shape == "weekdays" else word("service_kind", value)


def _word(value: Any) -> str:
    for group in GROUPS:
        if texts.has(f"{group}.{value}"):
            return word(group, value)
    return str(value)
