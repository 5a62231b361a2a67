"""May this reader see this? One question, for Datasette 0.65 and the 1.0 alphas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette import Forbidden

if TYPE_CHECKING:
    from datasette import Request
    from datasette.app import Datasette


async def may_view(datasette: Datasette, request: Request, database: str, table: str) -> bool:
    """Whether the reader of ``request`` may see ``table`` of ``database``."""
    actor = getattr(request, "actor", None)
    if hasattr(datasette, "allowed"):  # 1.0: permissions are resource objects
        from datasette.resources import TableResource

        resource = TableResource(database=database, table=table)
        return bool(await datasette.allowed(action="view-table", resource=resource, actor=actor))
    permissions = [("view-table", (database, table)), ("view-database", database), "view-instance"]
    visible, _ = await datasette.check_visibility(actor, permissions=permissions)
    return bool(visible)


async def ensure_may_view(
    datasette: Datasette, request: Request, database: str, table: str
) -> None:
    """As ``may_view``.

    Raises:
        Forbidden: the reader may not; Datasette answers 403.
    """
    if not await may_view(datasette, request, database, table):
        raise Forbidden(f"You do not have permission to view {table}")
