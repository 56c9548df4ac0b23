"""teams: a member's signature, shift, sound and quiet hours"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("members", sa.Column("signature", sa.String(length=40), nullable=True))
    op.add_column("members", sa.Column("on_shift", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("members", sa.Column("sound", sa.Boolean(), nullable=False, server_default=sa.true()))
    op.add_column("members", sa.Column("quiet_from", sa.Integer(), nullable=True))
    op.add_column("members", sa.Column("quiet_until", sa.Integer(), nullable=True))


def downgrade() -> None:
    # One by one, and not as a batch: SQLite would drop the table, which orders and histories refer to.
    for column in ("quiet_until", "quiet_from", "sound", "on_shift", "signature"):
        op.drop_column("members", column)
