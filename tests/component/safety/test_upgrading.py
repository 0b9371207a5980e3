"""A database of the first release hears again what it did not keep then."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import text

from chassis.assembly import build
from chassis.eventsourcing import migrate
from chassis.eventsourcing.database import open_database
from chassis.testing.world import FixedClock, settings_for
from registers import guardians, staff
from services.safety import migrations
from services.safety.definition import DEFINITION
from tests.component.audit.logs import START, Log
from tests.component.safety.town import SCHOOL, speak


def first_release(url: str) -> None:
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
        command.upgrade(config, "0002")
        values = {"school": SCHOOL}
        for table, columns in (
            ("checkpoints", "('enrollment', :school, 7, 0, '0')"),
            ("verified", "('enrollment', :school, 7, '0', 1, '2026')"),
        ):
            connection.execute(text(f"INSERT INTO {table} VALUES {columns}"), values)
    database.close()


def test_families_and_staff_of_before_are_known_after_the_upgrade(tmp_path: Path):
    url = f"sqlite:///{tmp_path / 'safety.sqlite'}"
    first_release(url)
    enrollment = Log("enrollment")
    speak(enrollment)
    service = build(DEFINITION, settings_for(url), FixedClock(START), {"enrollment": enrollment})
    assert service.subscriber is not None
    service.subscriber.catch_up()

    with service.database.read() as connection:
        assert guardians.has_child_at(connection, "mum", SCHOOL)
        assert staff.school_of(connection, "li") is not None
    assert service.subscriber.position("enrollment", SCHOOL) == enrollment.heads()[SCHOOL]
    service.database.close()
