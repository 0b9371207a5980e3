"""The first release's tables, as the modules of this release declare them."""

from alembic import op

from gateway.accounts.tables import metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    metadata.create_all(op.get_bind())
