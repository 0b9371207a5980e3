"""The school's written rules and the pack that is filed with the bureau."""

from __future__ import annotations

from typing import Annotated

from contracts.shapes import Id, Length, OneOf, Sha256, command, event, query, reply, request

DOCUMENTS = (
    "implementation_plan",
    "safety_plan",
    "safety_guarantee",
    "home_school_contact",
    "entry_exit",
    "publicity",
    "care_log",
    "safety_measures",
)


@event
class RuleVersionPublished:
    """A written rule of the school; its text is in the vault."""

    school_id: Id
    document: str
    version: int
    text_sha256: Sha256


@event
class SemesterPackFiled:
    """``parts``: part → hash of its content as filed."""

    term_id: Id
    filing: int
    parts: dict[str, str]
    pack_sha256: Sha256


@event
class SemesterPackAcknowledged:
    """The bureau has the filed pack."""

    term_id: Id
    filing: int


@request(component="enrollment.PublishRule")
class PublishRule:
    school_id: Id
    document: Annotated[str, OneOf(DOCUMENTS)]
    text: Annotated[str, Length(1, 100000)]


@request
class ListRules:
    school_id: Id


@request
class GetPack:
    term_id: Id


@request
class FilePack:
    term_id: Id


@request
class AcknowledgeFiling:
    term_id: Id


@reply
class Rule:
    document: str
    version: int
    text_sha256: str
    published_at: str
    text: str


@reply
class Rules:
    """``missing`` are the written rules that must be there and are not."""

    items: tuple[Rule, ...]
    missing: tuple[str, ...]


@reply
class RuleState:
    school_id: str
    document: str
    version: int


@reply
class FilingState:
    """``state``: missing, overdue, filed, changed (file it again) or acknowledged."""

    term_id: str
    term_name: str
    school_id: str
    school_name: str
    state: str
    due_on: str
    days_overdue: int
    filing: int


@reply
class Pack(FilingState):
    """The five parts, built from what is on record; ``missing`` names those that are empty."""

    parts: dict[str, object]
    missing: tuple[str, ...]
    pack_sha256: str


LIST_RULES = query(
    "list_rules",
    "/schools/{school_id}/rules",
    "List a school's written rules, newest versions",
    ListRules,
    Rules,
    roles=("guardian", "teacher", "school_office", "school_finance", "bureau"),
)
PUBLISH_RULE = command(
    "publish_rule",
    "/schools/{school_id}/rules",
    "Publish the next version of a written rule",
    PublishRule,
    RuleState,
    roles=("school_office",),
)
GET_PACK = query(
    "get_pack",
    "/terms/{term_id}/filing-pack",
    "Show the semester pack as it would be filed now, and where the filing stands",
    GetPack,
    Pack,
    roles=("school_office", "school_finance", "bureau"),
    reads=("school_id", "filing"),
)
FILE_PACK = command(
    "file_pack",
    "/terms/{term_id}/filing-pack",
    "File the semester pack, built from what is on record",
    FilePack,
    Pack,
    roles=("school_office",),
)
ACKNOWLEDGE_FILING = command(
    "acknowledge_filing",
    "/terms/{term_id}/filing-pack/acknowledge",
    "Acknowledge a filed pack",
    AcknowledgeFiling,
    FilingState,
    roles=("bureau",),
)
