"""One way to make a list: columns once; search, filters, sort, keyset pages, views, export.

A capability declares a `ListDefinition` and shows it with `views.show`. A higher capability adds
columns, sorts and filters to a lower one's list by a `Publication`.
"""

from mainstay.shared.lists.columns import Column, Kind
from mainstay.shared.lists.definition import BulkAction, EmptyState, ListDefinition
from mainstay.shared.lists.filters import (
    BeginningFilter,
    DayFilter,
    MomentDayFilter,
    NamedRowsFilter,
    RelatedDayFilter,
    RelatedFilter,
    RowFilter,
)
from mainstay.shared.lists.publications import Publication

__all__ = [
    "BeginningFilter",
    "BulkAction",
    "Column",
    "DayFilter",
    "EmptyState",
    "Kind",
    "ListDefinition",
    "MomentDayFilter",
    "NamedRowsFilter",
    "Publication",
    "RelatedDayFilter",
    "RelatedFilter",
    "RowFilter",
]
