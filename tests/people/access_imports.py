"""Who may open the pages of imports."""

from tests.people.access_needs import Needed

IMPORTS: dict[str, Needed] = {
    "imports:index": "customers.import",
    "imports:new": "customers.import",
    "imports:detail": "customers.import",
    "imports:layout": "customers.import",
    "imports:mapping": "customers.import",
    "imports:check": "customers.import",
    "imports:run": "customers.import",
    "imports:cancel": "customers.import",
    "imports:delete": "customers.import",
    "imports:refused": "customers.import",
    "imports:refused_lists": "customers.import",
}
