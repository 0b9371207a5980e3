"""The policy profiles and agreement texts that come with the product, read from ``policies``."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from services.enrollment.policy.domain import errors
from services.enrollment.policy.domain.checklist import Item

NATIONAL = "national-2023"
SHIPPED = ("urban-district", "dexing", NATIONAL)
_DATA = files("policies")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter as the profile has it; ``value`` is None where the plan leaves a blank."""

    name: str
    shape: str
    source: str
    clauses: tuple[str, ...]
    zh: str
    en: str
    value: Any


@dataclass(frozen=True, slots=True)
class Profile:
    """A plan as data."""

    profile: str
    title: str
    level: str
    effective_from: date
    citations: tuple[Mapping[str, Any], ...]
    parameters: Mapping[str, Parameter]

    @property
    def values(self) -> dict[str, Any]:
        """What the plan and the district's settings say."""
        found = self.parameters.values()
        return {each.name: each.value for each in found if each.value is not None}

    @property
    def unset(self) -> tuple[str, ...]:
        """The parameters that the plan requires and leaves blank."""
        return tuple(sorted(each.name for each in self.parameters.values() if each.value is None))

    @property
    def shapes(self) -> dict[str, str]:
        """The shape of each parameter."""
        return {each.name: each.shape for each in self.parameters.values()}


@dataclass(frozen=True, slots=True)
class Agreement:
    """One version of the custody agreement's text."""

    version: str
    effective_from: date
    template: str

    def render(self, facts: Mapping[str, str]) -> str:
        """Return the text for one pupil; ``facts`` name persons by id only."""
        return self.template.format_map(facts)


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """An item of a term's checklist with the clauses that order it."""

    item: Item
    clauses: tuple[str, ...]


def sha256(text: str) -> str:
    """Return the hash that a signature records."""
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def profile(name: str) -> Profile:
    """Return a profile as shipped.

    Raises:
        ProfileUnknown: there is none of that name.
    """
    if name not in SHIPPED:
        raise errors.ProfileUnknown(name=name, known=SHIPPED)
    data = tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return Profile(
        profile=data["profile"],
        title=data["title"],
        level=data["level"],
        effective_from=data["effective_from"],
        citations=tuple(_citation(each) for each in data["citations"]),
        parameters={key: _parameter(key, each) for key, each in data["parameters"].items()},
    )


@cache
def checklist() -> dict[str, ChecklistItem]:
    """Return every item that a term's checklist can have, by its name."""
    return {
        each["item"]: ChecklistItem(
            Item(**{name: each[name] for name in Item.__dataclass_fields__}),
            tuple(each["clauses"]),
        )
        for each in _checklist_data()["items"]
    }


def documents() -> tuple[str, ...]:
    """Return the written rules that a school's library has."""
    return tuple(_checklist_data()["documents"]["names"])


def management_documents() -> frozenset[str]:
    """Return the written rules that must be there before a plan is submitted."""
    return frozenset(_checklist_data()["documents"]["management"])


@cache
def _checklist_data() -> dict[str, Any]:
    return tomllib.loads((_DATA / "checklist.toml").read_text(encoding="utf-8"))


@cache
def agreements() -> dict[str, Agreement]:
    """Return every version of the agreement, oldest first."""
    folder = _DATA / "agreements"
    texts = [each.read_text(encoding="utf-8") for each in folder.iterdir() if _is_text(each.name)]
    found = sorted(map(_agreement, texts), key=lambda each: (each.effective_from, each.version))
    return {each.version: each for each in found}


def current_agreement(today: date) -> Agreement:
    """Return the version to be signed on ``today``."""
    return [each for each in agreements().values() if each.effective_from <= today][-1]


@cache
def letters() -> dict[str, Agreement]:
    """Return every version of the family's statement of responsibility, oldest first."""
    folder = _DATA / "letters"
    texts = [each.read_text(encoding="utf-8") for each in folder.iterdir() if _is_text(each.name)]
    found = sorted(map(_agreement, texts), key=lambda each: (each.effective_from, each.version))
    return {each.version: each for each in found}


def current_letter(today: date) -> Agreement:
    """Return the version of the statement of responsibility to be signed on ``today``."""
    return [each for each in letters().values() if each.effective_from <= today][-1]


def _is_text(name: str) -> bool:
    return name.endswith(".toml")


def _citation(data: Mapping[str, Any]) -> dict[str, Any]:
    return {"text": data["text"], "placeholder": data["placeholder"], "note": data.get("note")}


def _parameter(name: str, data: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        shape=data["shape"],
        source=data["source"],
        clauses=tuple(data["clauses"]),
        zh=data["meaning"]["zh"],
        en=data["meaning"]["en"],
        value=data.get("value"),
    )


def _agreement(text: str) -> Agreement:
    data = tomllib.loads(text)
    sections = [f"{each['title']}\n{each['text'].strip()}" for each in data["sections"]]
    return Agreement(
        version=data["version"],
        effective_from=data["effective_from"],
        template="\n\n".join([data["title"], data["preamble"].strip(), *sections]) + "\n",
    )
