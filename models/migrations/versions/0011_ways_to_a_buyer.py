"""ways to a buyer: when the next is tried, whom none has reached, a number of our own, what a shop's SMS may be"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NEXT = sa.text("next_at IS NOT NULL")
RECEIPT = sa.text("message_id IS NOT NULL AND channel <> 'telegram'")


def upgrade() -> None:
    op.add_column(
        "notifications", sa.Column("next_at", models.base.UtcDateTime(timezone=True), nullable=True)
    )
    op.create_index(
        "ix_notifications_next", "notifications", ["next_at"], sqlite_where=NEXT, postgresql_where=NEXT
    )
    op.create_index(
        "ix_notifications_receipt",
        "notifications",
        ["message_id"],
        sqlite_where=RECEIPT,
        postgresql_where=RECEIPT,
    )
    op.add_column("orders", sa.Column("unreached_at", models.base.UtcDateTime(timezone=True), nullable=True))
    op.add_column("orders", sa.Column("unreached_why", sa.String(length=32), nullable=True))
    op.add_column("orders", sa.Column("contact_phone", sa.String(length=20), nullable=True))
    op.add_column("orders", sa.Column("risk_at", models.base.UtcDateTime(timezone=True), nullable=True))
    op.add_column("shops", sa.Column("sms_cap", sa.Integer(), server_default="50", nullable=False))


def downgrade() -> None:
    op.drop_column("shops", "sms_cap")
    for column in ("risk_at", "contact_phone", "unreached_why", "unreached_at"):
        op.drop_column("orders", column)
    op.drop_index("ix_notifications_receipt", table_name="notifications")
    op.drop_index("ix_notifications_next", table_name="notifications")
    op.drop_column("notifications", "next_at")
