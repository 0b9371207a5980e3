"""A school's written rules, and the semester pack in five parts, built from what is on record."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import Connection

from chassis.eventsourcing.handling import CommandHandler, Handles, Reading, Reply
from chassis.eventsourcing.unit_of_work import UnitOfWork
from chassis.kernel.call import Call
from chassis.vault import Vault
from contracts.enrollment import filing as said
from services.enrollment.application.tables import applications
from services.enrollment.offerings.tables import offerings
from services.enrollment.plan.tables import plans
from services.enrollment.policy import profiles
from services.enrollment.policy.handlers import policy_values
from services.enrollment.register.handlers import access, names
from services.enrollment.register.handlers.access import of_term
from services.enrollment.register.handlers.schools import own_school
from services.enrollment.register.tables import people
from services.enrollment.term.domain.filing import FILING, PARTS, AcknowledgeFiling, FilePack
from services.enrollment.term.domain.rules import RULES, PublishRule
from services.enrollment.term.tables import filings

READERS = access.OFFICE | access.BUREAU | {"school_finance"}
UNMASKED = frozenset({"school_finance"})
"""Only who counts the money reads the full names of the filed roster (P2-091)."""


class Parts(NamedTuple):
    """The five parts of a pack, by ids only: what is filed names no person."""

    courses: list[dict[str, object]]
    staffing: list[dict[str, object]]
    roster: list[str]
    charges: list[dict[str, object]]
    management: list[dict[str, object]]

    def there(self) -> dict[str, object]:
        """Return the parts that are not empty."""
        return {name: part for name, part in self._asdict().items() if part}


def publish_rule(work: UnitOfWork, request: said.PublishRule, _call: Call) -> Reply[said.RuleState]:
    decision = work.execute(
        RULES,
        f"rules-{work.partition}",
        PublishRule(
            school_id=work.partition,
            document=request.document,
            text_sha256=hashlib.sha256(request.text.encode()).hexdigest(),
        ),
    )
    version = decision.state[request.document].version
    if decision.events:
        work.vault.put(rule_subject(work.partition, request.document), text=request.text)
    body = said.RuleState(school_id=work.partition, document=request.document, version=version)
    return Reply(body, decision.version, created=bool(decision.events))


def list_rules(reading: Reading, request: said.ListRules) -> said.Rules:
    school = access.school(reading.connection, request.school_id, reading.call)
    library = filings.library(reading.connection, school["school_id"])
    subjects = {document: rule_subject(school["school_id"], document) for document in library}
    held = reading.vault.session(reading.connection).get_many(subjects.values())
    return said.Rules(
        items=tuple(
            said.Rule(
                document=document,
                version=rule.version,
                text_sha256=rule.text_sha256,
                published_at=rule.published_at,
                text=held.get(subjects[document], {}).get("text", ""),
            )
            for document, rule in sorted(library.items())
        ),
        missing=tuple(sorted(profiles.management_documents() - set(library))),
    )


def file_pack(work: UnitOfWork, request: said.FilePack, call: Call) -> Reply[said.Pack]:
    term = access.term(work.connection, request.term_id, work.partition)
    school = access.here(work)
    parts = content(work.connection, school, term)
    there = parts.there()
    decision = work.execute(
        FILING,
        f"filing-{term['term_id']}",
        FilePack(
            term_id=term["term_id"],
            parts={name: _sha256(part) for name, part in there.items()},
            pack_sha256=_sha256(there),
        ),
    )
    assert decision.state.newest is not None
    body = _pack(
        state(work.connection, school, term, call),
        parts=parts._asdict(),
        missing=(),
        pack_sha256=decision.state.newest.pack_sha256,
    )
    return Reply(body, decision.version, created=bool(decision.events))


def acknowledge_filing(
    work: UnitOfWork, request: said.AcknowledgeFiling, call: Call
) -> Reply[said.FilingState]:
    term = access.term(work.connection, request.term_id, work.partition)
    school = access.here(work)
    decision = work.execute(FILING, f"filing-{term['term_id']}", AcknowledgeFiling())
    return Reply(state(work.connection, school, term, call), decision.version)


def get_pack(reading: Reading, request: said.GetPack) -> said.Pack:
    school_id = of_term(reading.connection, request, reading.call)
    term = access.term(reading.connection, request.term_id, school_id)
    school = access.school(reading.connection, school_id, reading.call)
    parts = content(reading.connection, school, term)
    there = parts.there()
    named = _named_roster(reading.vault, reading.connection, parts.roster, reading.call)
    return _pack(
        state(reading.connection, school, term, reading.call),
        parts={**parts._asdict(), "roster": named},
        missing=tuple(name for name in PARTS if name not in there),
        pack_sha256=_sha256(there),
    )


def content(connection: Connection, school: dict[str, Any], term: dict[str, Any]) -> Parts:
    """Return a term's pack as it would be filed now."""
    running = [
        each
        for each in offerings.of_term(connection, term["term_id"])
        if each["standing"] in ("proposed", "open")
    ]
    entries = plans.entries(connection, term["term_id"])
    library = filings.library(connection, school["school_id"])
    values = policy_values.values_for(connection, school)
    charges = ("tariff_fen", "fee_cap_primary_fen", "fee_cap_junior_fen", "waiver_ratio_bp")
    course = ("title", "service_kind", "content_kind", "grades", "weekdays", "starts", "ends")
    return Parts(
        courses=[{name: each[name] for name in course} for each in running],
        staffing=[{"staff_id": each["teacher_id"], "offering": each["title"]} for each in running],
        roster=applications.students_in_state(connection, term["term_id"], "enrolled"),
        charges=[{"parameter": name, "value": values[name]} for name in charges if name in values],
        management=[
            {"proof": proof, "value": value}
            for proof, value in sorted(entries.items())
            if proof.startswith(("body:", "duty:"))
        ]
        + [
            {"document": document, "version": rule.version}
            for document, rule in sorted(library.items())
        ],
    )


def rule_subject(school_id: str, document: str) -> str:
    """Return the vault's subject of a written rule's newest text."""
    return f"rule-{school_id}-{document}"


def state(
    connection: Connection, school: dict[str, Any], term: dict[str, Any], call: Call
) -> said.FilingState:
    """Return where a term's filing stands."""
    days = policy_values.value(connection, school, "filing_due_days")
    due = date.fromisoformat(term["first_day"]) + timedelta(days=days)
    newest = filings.newest(connection, term["term_id"])
    late = (call.today - due).days if newest is None else 0
    return said.FilingState(
        term_id=term["term_id"],
        term_name=term["name"],
        school_id=school["school_id"],
        school_name=school["name"],
        state=_standing(connection, school, term, newest, late),
        due_on=due.isoformat(),
        days_overdue=max(0, late),
        filing=newest.filing if newest else 0,
    )


def _standing(
    connection: Connection,
    school: dict[str, Any],
    term: dict[str, Any],
    newest: filings.Filing | None,
    late: int,
) -> str:
    if newest is None:
        return "overdue" if late > 0 else "missing"
    if _sha256(content(connection, school, term).there()) != newest.pack_sha256:
        return "changed"
    return "acknowledged" if newest.acknowledged_at else "filed"


def _pack(
    filed: said.FilingState, *, parts: dict[str, object], missing: tuple[str, ...], pack_sha256: str
) -> said.Pack:
    return said.Pack(
        term_id=filed.term_id,
        term_name=filed.term_name,
        school_id=filed.school_id,
        school_name=filed.school_name,
        state=filed.state,
        due_on=filed.due_on,
        days_overdue=filed.days_overdue,
        filing=filed.filing,
        parts=parts,
        missing=missing,
        pack_sha256=pack_sha256,
    )


def _named_roster(
    vault: Vault, connection: Connection, student_ids: list[str], call: Call
) -> list[dict[str, object]]:
    pupils = people.students_by_id(connection, student_ids)
    masked = call.principal.role not in UNMASKED
    called = names.read(vault, connection, pupils, mask=masked)
    classes = names.class_names(connection, {each["class_id"] for each in pupils.values()})
    return [
        {
            "student_id": who,
            "name": called.get(who, ""),
            "class_name": classes[pupils[who]["class_id"]]["name"],
        }
        for who in student_ids
        if who in pupils
    ]


def _sha256(part: object) -> str:
    return hashlib.sha256(msgspec.json.encode(part, order="sorted")).hexdigest()


HANDLES: Handles = {
    said.PUBLISH_RULE: CommandHandler(publish_rule, own_school),
    said.FILE_PACK: CommandHandler(file_pack, of_term),
    said.ACKNOWLEDGE_FILING: CommandHandler(acknowledge_filing, of_term),
    said.LIST_RULES: list_rules,
    said.GET_PACK: get_pack,
}
