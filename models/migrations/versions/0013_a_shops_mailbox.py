"""the mailbox of a shop, for what nobody of it can be told in a chat"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shops", sa.Column("mail", sa.String(length=64), nullable=True))


def downgrade() -> None:
    op.drop_column("shops", "mail")
