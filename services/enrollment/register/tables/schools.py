"""Schools, their terms, classes and staff."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Integer, String, Table, func, insert, select
from sqlalchemy.sql.elements import ColumnElement

from chassis.eventsourcing.envelope import Event
from services.enrollment.policy.tables.policies import districts
from services.enrollment.schema import metadata

schools = Table(
    "schools",
    metadata,
    Column("school_id", String(64), primary_key=True),
    Column("district_id", String(64), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("profile", String(64), nullable=False),
    Column("stage", String(16), nullable=False),
    Column("area", String(16), nullable=False),
    Column("school_type", String(40)),
)

terms = Table(
    "terms",
    metadata,
    Column("term_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
)

classes = Table(
    "classes",
    metadata,
    Column("class_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("grade", Integer, nullable=False),
    Column("name", String(80), nullable=False),
)

staff = Table(
    "staff",
    metadata,
    Column("staff_id", String(64), primary_key=True),
    Column("school_id", String(64), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
)


class StaffMember(NamedTuple):
    """A row of ``staff``."""

    staff_id: str
    school_id: str
    kind: str


_TABLES = {
    "SchoolRegistered": schools,
    "TermOpened": terms,
    "ClassOpened": classes,
    "StaffRegistered": staff,
}


def project(connection: Connection, event: Event) -> None:
    """Add what was registered or opened."""
    connection.execute(insert(_TABLES[event["type"]]).values(event["data"]))


def school(connection: Connection, school_id: str) -> dict[str, Any] | None:
    """Return a school, or None."""
    return _one(connection, schools, schools.c.school_id == school_id)


def policy_over(connection: Connection, partition: str) -> tuple[str, int] | None:
    """Return (profile, version in force) over a partition: a school, or a district itself."""
    own = select(schools.c.district_id).where(schools.c.school_id == partition).scalar_subquery()
    query = select(districts.c.profile, districts.c.version).where(
        districts.c.district_id == func.coalesce(own, partition)
    )
    row = connection.execute(query).first()
    return (row.profile, row.version) if row else None


def term(connection: Connection, term_id: str) -> dict[str, Any] | None:
    """Return a term, or None."""
    return _one(connection, terms, terms.c.term_id == term_id)


def school_class(connection: Connection, class_id: str) -> dict[str, Any] | None:
    """Return a class, or None."""
    return _one(connection, classes, classes.c.class_id == class_id)


def staff_member(connection: Connection, staff_id: str) -> StaffMember | None:
    """Return a member of staff, or None."""
    row = connection.execute(select(staff).where(staff.c.staff_id == staff_id)).first()
    return StaffMember(*row) if row else None


def staff_of(connection: Connection, school_id: str) -> list[StaffMember]:
    """Return a school's registered members of staff."""
    query = select(staff).where(staff.c.school_id == school_id).order_by(staff.c.staff_id)
    return [StaffMember(*row) for row in connection.execute(query)]


def in_district(connection: Connection, district_id: str | None) -> list[dict[str, Any]]:
    """Return the schools of a district, or all, by name."""
    query = select(schools).order_by(schools.c.name, schools.c.school_id)
    if district_id:
        query = query.where(schools.c.district_id == district_id)
    return [dict(row) for row in connection.execute(query).mappings()]


def terms_of(connection: Connection, school_id: str) -> list[dict[str, Any]]:
    """Return a school's terms, newest first."""
    query = select(terms).where(terms.c.school_id == school_id)
    found = connection.execute(query.order_by(terms.c.first_day.desc()))
    return [dict(row) for row in found.mappings()]


def classes_of(connection: Connection, school_id: str) -> list[dict[str, Any]]:
    """Return a school's classes, by grade and name (2班 before 10班)."""
    query = select(classes).where(classes.c.school_id == school_id)
    found = [dict(row) for row in connection.execute(query).mappings()]
    return sorted(found, key=lambda each: (each["grade"], len(each["name"]), each["name"]))


def _one(connection: Connection, table: Table, where: ColumnElement[bool]) -> dict[str, Any] | None:
    row = connection.execute(select(table).where(where)).mappings().first()
    return dict(row) if row else None
