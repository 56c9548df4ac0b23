"""privacy: what was erased, who wants no messages, and the messages to blank"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "traces",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("account_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("order_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("chat", sa.String(length=64), nullable=False),
        sa.Column("message_id", sa.String(length=32), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", models.base.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name=op.f("fk_traces_account_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_traces_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_traces")),
        sa.UniqueConstraint("channel", "chat", "message_id", name=op.f("uq_traces_channel_chat_message_id")),
    )
    with op.batch_alter_table("traces", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_traces_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_traces_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("notice_version", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("notice_at", models.base.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("stopped_at", models.base.UtcDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("marketing_at", models.base.UtcDateTime(timezone=True), nullable=True))

    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.add_column(sa.Column("erased_at", models.base.UtcDateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_orders_not_erased",
            ["entered_at"],
            unique=False,
            sqlite_where=sa.text("erased_at IS NULL"),
            postgresql_where=sa.text("erased_at IS NULL"),
        )


def downgrade() -> None:
    with op.batch_alter_table("orders", schema=None) as batch_op:
        batch_op.drop_index("ix_orders_not_erased")
        batch_op.drop_column("erased_at")

    with op.batch_alter_table("accounts", schema=None) as batch_op:
        batch_op.drop_column("marketing_at")
        batch_op.drop_column("stopped_at")
        batch_op.drop_column("notice_at")
        batch_op.drop_column("notice_version")

    op.drop_table("traces")
