"""what a shop chooses: its texts, the buyer's confirmation, advice that is given once; when a key was used

Column by column and not in a batch: SQLite would make the table anew, and what refers to a shop forbids that.
"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "settings"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shops", sa.Column("texts", sa.Text(), nullable=True))
    op.add_column(
        "shops", sa.Column("buyer_confirms", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("shops", sa.Column("advised_at", models.base.UtcDateTime(timezone=True), nullable=True))
    op.add_column("shops", sa.Column("silenced_at", models.base.UtcDateTime(timezone=True), nullable=True))
    op.add_column("api_keys", sa.Column("used_at", models.base.UtcDateTime(timezone=True), nullable=True))
    op.add_column("api_keys", sa.Column("cause", sa.String(length=160), nullable=True))
    op.create_index(op.f("ix_api_keys_cause"), "api_keys", ["cause"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_api_keys_cause"), "api_keys")
    op.drop_column("api_keys", "cause")
    op.drop_column("api_keys", "used_at")
    op.drop_column("shops", "silenced_at")
    op.drop_column("shops", "advised_at")
    op.drop_column("shops", "buyer_confirms")
    op.drop_column("shops", "texts")
