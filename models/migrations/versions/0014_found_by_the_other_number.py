"""an order is found by the other number of its buyer's, too"""

import sqlalchemy as sa
from alembic import op

from models.search_text import search_text

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

ORDERS = sa.table(
    "orders",
    sa.column("id", sa.BigInteger()),
    sa.column("number", sa.String()),
    sa.column("buyer_phone", sa.String()),
    sa.column("contact_phone", sa.String()),
    sa.column("buyer_name", sa.String()),
    sa.column("search", sa.Text()),
)


def upgrade() -> None:
    _write(other=True)


def downgrade() -> None:
    _write(other=False)


def _write(*, other: bool) -> None:
    """Few orders have another number: those whose own had reached nobody."""
    connection = op.get_bind()
    for row in connection.execute(sa.select(ORDERS).where(ORDERS.c.contact_phone.is_not(None))).all():
        found_by = search_text(
            row.number, row.buyer_phone, row.buyer_name, row.contact_phone if other else None
        )
        connection.execute(sa.update(ORDERS).where(ORDERS.c.id == row.id).values(search=found_by))
