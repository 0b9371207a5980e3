"""Today's offerings on the pages of classes: may each run, what to do, for which class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gateway.pages.frame import Form, ask, names_of, school
from gateway.pages.language import said, t, word
from gateway.problems import Refused


def offerings_for(classes: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return today's offerings, each with those of ``classes`` that it is for.

    ``trouble`` says why there are none while the school's records are still on their way.
    """
    try:
        day = ask("attendance", "list_offering_sessions", {"school_id": school()})
    except Refused as refused:
        return {"lines": [], "lacking": "", "trouble": said(refused.reply.get("detail"))}
    names = names_of({each["teacher_id"] for each in day["items"]})
    for each in day["items"]:
        each["teacher"] = names.get(each["teacher_id"], {}).get("name")
        each["state"] = _state(each)
        each["todo"] = said(each["detail"])
        each["classes"] = _classes(each, classes)
    lacking = [word("day-part", part) for part in (day["lacking"] or {}).get("ready", ())]
    return {"lines": day["items"], "lacking": t("today-offerings.and").join(lacking), "trouble": ""}


def titled(sessions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give each session its offering's title, or the word for its kind of service."""
    titles: dict[str, str] = {}
    if any(each["offering_id"] for each in sessions):
        day = ask("attendance", "list_offering_sessions", {"school_id": school()})
        titles = {each["offering_id"]: each["title"] for each in day["items"]}
    for each in sessions:
        kind = word("service_kind", each["service_kind"])
        each["title"] = titles.get(each["offering_id"] or "", kind)
    return sessions


def _state(offering: Mapping[str, Any]) -> str:
    match offering["reason"]:
        case None:
            return t("today-offerings.may-run")
        case "attendance.content-not-approved":
            return word("content-state", offering["content"])
        case "attendance.offering-not-open":
            return t("today-offerings.not-open")
        case reason:
            return word("closed", reason)


def _classes(
    offering: Mapping[str, Any], classes: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    opened = {each["class_id"]: each["session_id"] for each in offering["sessions"]}
    return [
        {**each, "session_id": opened.get(each["class_id"]), "form": Form("offering")}
        for each in classes
        if each["grade"] in offering["grades"]
    ]
