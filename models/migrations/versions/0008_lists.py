"""lists, search and menus: what is open and what is not ticked have indexes, orders are found by folded words"""

import sqlalchemy as sa
from alembic import op

from models.search_text import search_text

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_OPEN = sa.text(
    "status IN ('new', 'in_work', 'no_contact', 'confirmed', 'handed_over', 'delivering', 'waiting', 'expired')"
)
_CABINET = sa.text("state = 'cabinet'")
_AT_ONCE = 1_000


def upgrade() -> None:
    op.add_column("accounts", sa.Column("menu", sa.String(length=16), nullable=True))
    # Tables that others point at are not made anew: SQLite would delete what points at them.
    op.add_column("orders", sa.Column("search", sa.Text(), server_default="", nullable=False))
    _fill_in()
    op.create_index(
        "ix_orders_open", "orders", ["shop_id", "status"], sqlite_where=_OPEN, postgresql_where=_OPEN
    )
    op.create_index("ix_orders_search", "orders", ["shop_id", "search"])
    with op.batch_alter_table("marketplace_updates") as batch_op:
        batch_op.add_column(
            sa.Column("shop_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True)
        )
    op.execute(
        "UPDATE marketplace_updates SET shop_id ="
        " (SELECT orders.shop_id FROM orders WHERE orders.id = marketplace_updates.order_id)"
    )
    with op.batch_alter_table("marketplace_updates") as batch_op:
        batch_op.alter_column("shop_id", nullable=False)
        batch_op.create_foreign_key(op.f("fk_marketplace_updates_shop_id"), "shops", ["shop_id"], ["id"])
        batch_op.create_index(
            "ix_marketplace_updates_cabinet",
            ["shop_id", "order_id"],
            sqlite_where=_CABINET,
            postgresql_where=_CABINET,
        )


def _fill_in() -> None:
    orders = sa.table(
        "orders",
        sa.column("id", sa.BigInteger()),
        sa.column("number", sa.String()),
        sa.column("buyer_phone", sa.String()),
        sa.column("buyer_name", sa.String()),
        sa.column("search", sa.Text()),
    )
    connection = op.get_bind()
    last = 0
    while rows := connection.execute(
        sa.select(orders.c.id, orders.c.number, orders.c.buyer_phone, orders.c.buyer_name)
        .where(orders.c.id > last)
        .order_by(orders.c.id)
        .limit(_AT_ONCE)
    ).all():
        connection.execute(
            sa.update(orders)
            .where(orders.c.id == sa.bindparam("row"))
            .values(search=sa.bindparam("found_by")),
            [
                {"row": row.id, "found_by": search_text(row.number, row.buyer_phone, row.buyer_name)}
                for row in rows
            ],
        )
        last = rows[-1].id


def downgrade() -> None:
    with op.batch_alter_table("marketplace_updates") as batch_op:
        batch_op.drop_index("ix_marketplace_updates_cabinet")
        batch_op.drop_constraint(op.f("fk_marketplace_updates_shop_id"), type_="foreignkey")
        batch_op.drop_column("shop_id")
    op.drop_index("ix_orders_search", table_name="orders")
    op.drop_index("ix_orders_open", table_name="orders")
    op.drop_column("orders", "search")
    op.drop_column("accounts", "menu")
