"""The first release's tables."""

from alembic import op

from services.audit.schema import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
