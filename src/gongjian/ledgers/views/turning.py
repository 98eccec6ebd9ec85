"""A page of a list as the pager takes it."""

from __future__ import annotations

from django.core.paginator import Page, Paginator

from gongjian.ledgers.queries.listing import SIZE, Listing, Row


class Leaf(Page[Row]):
    """One page among those that can be turned to; ``more`` where there are rows beyond them."""

    def __init__(self, found: Listing) -> None:
        self.more = found.more
        super().__init__(found.rows, found.page, Paginator(range(found.total), SIZE))  # type: ignore[arg-type] # it only counts
