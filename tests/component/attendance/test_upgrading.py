"""A database of an earlier release hears again what it did not keep then."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from chassis.assembly import build
from chassis.eventsourcing import migrate
from chassis.eventsourcing.database import open_database
from chassis.testing.world import FixedClock, settings_for
from registers import classes
from services.attendance import migrations
from services.attendance.definition import DEFINITION
from services.attendance.sessions.tables import offerings
from tests.component.attendance.enrollment import Enrollment
from tests.component.attendance.school import OFFICE, START, School
from tests.component.attendance.test_offerings_of_the_day import approve, offer


def earlier_release(url: str) -> None:
    """Make the tables as they were, with a checkpoint after everything that was said."""
    config = Config()
    folder = Path(migrate.__file__).parent
    config.set_main_option("script_location", str(folder / "alembic"))
    versions = Path(migrations.__file__).parent / "versions"
    config.set_main_option("version_locations", str(versions))
    config.set_main_option("path_separator", "os")
    database = open_database(url)
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0003")
        connection.execute(text("INSERT INTO classes VALUES ('c1', 'school')"))
        for place in (
            "('enrollment', 'school', 9, 0, '0')",
            "('enrollment', 'district', 1, 0, '0')",
        ):
            connection.execute(text(f"INSERT INTO checkpoints VALUES {place}"))
    database.close()


def test_offerings_and_staff_of_before_are_known_after_the_upgrade(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'attendance.sqlite'}"
    earlier_release(url)
    enrollment = Enrollment()
    service = build(DEFINITION, settings_for(url), FixedClock(START), {"enrollment": enrollment})
    school = School(service, enrollment, FixedClock(START))
    school.say("StaffRegistered", staff_id="li", school_id="school", kind="school_staff")
    school.furnish()
    offer(school)
    approve(school)

    assert school.ok(school.open(by=OFFICE, offering_id="pipa", responsible_id="li"))
    with service.database.read() as connection:
        held = classes.find(connection, "c1")
        assert held is not None
        assert held._asdict() == {
            "class_id": "c1",
            "school_id": "school",
            "grade": 3,
        }
        found = offerings.on(connection, "school", "pipa", date(2026, 9, 1))
    assert found is not None
    service.database.close()
