"""`/bureau/policy`: what is in force and why, what is proposed, and what each would mean."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from contracts.enrollment.parameters import EXAMPLES
from gateway.pages.frame import Form, Trouble, ask, done, only_for, tell, viewer
from gateway.pages.language import said, t
from gateway.pages.policy_words import as_json, in_words, plainly, side_by_side
from gateway.problems import Refused, refusal
from gateway.refusals import NoDistrict, NoParameter
from gateway.state import gateway

bp = Blueprint("bureau_policy", __name__, url_prefix="/bureau/policy")
only_for(bp, "bureau")

NATIONAL = "national-2023"
SOURCES = ("plan", "district", "bureau", "unset")
OPEN = ("ready", "outdated", "waiting")
FIELDS = {
    "enrollment.parameter-wrong": "value",
    "enrollment.proposal-changes-nothing": "value",
    "enrollment.effective-date-wrong": "effective_from",
}
"""Which field a refusal is about."""
SAID = {"activate": "proposal-activated", "withdraw": "proposal-withdrawn"}
OPERATIONS = {"activate": "activate_policy_version", "withdraw": "withdraw_policy_proposal"}


@bp.get("")
def page() -> str:
    """Show what is in force, blanks first, and the proposals."""
    return _page(None)


@bp.post("/proposals/<id:proposal_id>/<any(activate, withdraw):action>")
def settle(proposal_id: str, action: str) -> tuple[str, int] | Response:
    """Activate a proposal, or withdraw it."""
    try:
        tell("enrollment", OPERATIONS[action], {"proposal_id": proposal_id})
    except Refused as refused:
        return _page(Trouble.of(f"{action}-{proposal_id}", refused)), refused.status
    return done(SAID[action], "bureau_policy.page", "proposals")


@bp.get("/parameters/<id:name>")
def parameter(name: str) -> str:
    """Show one parameter and ask what it should become."""
    return _parameter(name, None)


@bp.post("/parameters/<id:name>")
def propose(name: str) -> tuple[str, int] | Response:
    """Propose another value of a parameter: nothing changes yet."""
    try:
        value = json.loads(request.form.get("value", ""), parse_constant=_no_number)
    except ValueError:
        return _parameter(name, Trouble.with_field("propose", "value")), 422
    reason = request.form.get("reason", "").strip()
    if not reason:
        return _parameter(name, Trouble.with_field("propose", "reason")), 422
    on = request.form.get("effective_from") or None
    body = {"changes": {name: value}, "effective_from": on, "reason": reason}
    try:
        tell("enrollment", "propose_policy_version", {"profile": profile()}, body)
    except Refused as refused:
        return _parameter(name, _at_its_field(refused)), refused.status
    return done("proposed", "bureau_policy.page", "proposals")


def profile() -> str:
    """Return the profile that the bureau's district follows."""
    mine = viewer().district_id
    for each in ask("enrollment", "list_districts")["items"]:
        if each["district_id"] == mine:
            return str(each["profile"])
    raise refusal(NoDistrict())


def in_force(profile_name: str, district_id: str | None) -> dict[str, Any]:
    """Return the policy in force in a district."""
    asked = {"profile": profile_name, "district_id": district_id}
    return ask("enrollment", "get_policy", asked)


def national() -> dict[str, Any]:
    """Return the national rules."""
    return ask("enrollment", "get_policy", {"profile": NATIONAL})


def _no_number(text: str) -> Any:
    raise ValueError(text)


def _at_its_field(refused: Refused) -> Trouble:
    field = FIELDS.get(refused.reply.get("code", ""))
    if "effective_from" in (refused.reply.get("errors") or {}):
        advice = t("bureau-policy.effective-hint")
        return Trouble.with_field("propose", "effective_from", advice)
    if field is None:
        return Trouble.of("propose", refused)
    return Trouble.with_field("propose", field, said(refused.reply.get("detail")))


def _page(trouble: Trouble | None) -> str:
    name = profile()
    policy = in_force(name, viewer().district_id)
    proposals = ask("enrollment", "list_policy_proposals", {"profile": name})["items"]
    return render_template(
        "bureau/policy.html",
        policy=policy,
        blanks=[each for each in policy["details"] if each["source"] == "unset"],
        settled=[each for each in policy["details"] if each["source"] != "unset"],
        conflicts=side_by_side(policy, national()),
        conflicting={each["rule"] for each in policy["conflicts"]},
        proposals=sorted(
            (each for each in proposals if each["state"] in OPEN),
            key=lambda each: OPEN.index(each["state"]),
        ),
        past=[each for each in proposals if each["state"] not in OPEN],
        shapes={each["parameter"]: each["shape"] for each in policy["details"]},
        plainly=plainly,
        in_words=in_words,
        form_of=lambda form: Form(form, trouble),
        trouble=trouble,
    )


def _parameter(name: str, trouble: Trouble | None) -> str:
    policy = in_force(profile(), viewer().district_id)
    found = next((each for each in policy["details"] if each["parameter"] == name), None)
    if found is None:
        raise refusal(NoParameter())
    return render_template(
        "bureau/parameter.html",
        parameter=found,
        policy=policy,
        example=as_json(EXAMPLES[found["shape"]]),
        typed=as_json(found["value"]),
        plainly=plainly,
        form=Form("propose", trouble),
        today=gateway().clock.now().date().isoformat(),
        trouble=trouble,
    )
