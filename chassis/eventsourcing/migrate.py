"""Bring a service's database to the newest revision; costs one query when it already is."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

from sqlalchemy import Engine, inspect, text


def migrate(engine: Engine, migrations: ModuleType) -> None:
    """Run the revisions in ``migrations`` (a package with alembic's ``versions``)."""
    if current_revision(engine) == newest_revision(migrations):
        return
    # Imported late: alembic costs a third of a second, and most starts do not need it.
    from alembic import command
    from alembic.config import Config

    config = Config()
    here = Path(__file__).parent
    config.set_main_option("script_location", str(here / "alembic"))
    config.set_main_option("version_locations", str(_versions(migrations)))
    config.set_main_option("path_separator", "os")
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            # Two processes of a service start together; the second finds the work done.
            connection.execute(text("SELECT pg_advisory_xact_lock(hashtext('hp3.migrate'))"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def newest_revision(migrations: ModuleType) -> str:
    """Return the last of the revisions; their files are called ``0001_what.py``, and so on."""
    return max(path.name[:4] for path in _versions(migrations).glob("[0-9]*.py"))


def _versions(migrations: ModuleType) -> Path:
    return Path(str(migrations.__file__)).parent / "versions"


def current_revision(engine: Engine) -> str | None:
    """Return the database's revision, or None before the first."""
    if not inspect(engine).has_table("alembic_version"):
        return None
    with engine.connect() as connection:
        revision: str | None = connection.execute(
            text("SELECT version_num FROM alembic_version")
        ).scalar()
        return revision
