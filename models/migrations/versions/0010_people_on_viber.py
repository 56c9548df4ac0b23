"""people on Viber, the status that a card shows, what was paid for, and the answer of a webhook that was its message"""

import sqlalchemy as sa
from alembic import op

import models.base

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "viber_users",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("viber_id", sa.String(length=255), nullable=False),
        sa.Column("subscribed", sa.Boolean(), nullable=False),
        sa.Column("heard_at", models.base.UtcDateTime(timezone=True), nullable=True),
        sa.Column("met_at", models.base.UtcDateTime(timezone=True), nullable=False),
        sa.Column("menu", sa.JSON(), nullable=True),
        sa.Column("slot", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_viber_users")),
        sa.UniqueConstraint("viber_id", name=op.f("uq_viber_users_viber_id")),
    )
    op.add_column("cards", sa.Column("seq", sa.Integer(), server_default="0", nullable=False))
    op.add_column("notifications", sa.Column("paid", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("shops", sa.Column("viber", sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column("shops", sa.Column("viber_cap", sa.Integer(), nullable=True))
    op.add_column("updates", sa.Column("answer", sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column("updates", "answer")
    op.drop_column("shops", "viber_cap")
    op.drop_column("shops", "viber")
    op.drop_column("notifications", "paid")
    op.drop_column("cards", "seq")
    op.drop_table("viber_users")
