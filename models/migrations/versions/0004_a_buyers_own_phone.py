"""a buyer's own phone"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.add_column(sa.Column("phone", sa.String(length=20), nullable=True))
        accounts.create_index(op.f("ix_accounts_phone"), ["phone"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_index(op.f("ix_accounts_phone"))
        accounts.drop_column("phone")
