"""Who may open the pages of merging."""

from tests.people.access_needs import Needed

MERGING: dict[str, Needed] = {
    "merging:review": "customers.edit",
    "merging:decide": "customers.edit",
    "merging:take_back": "customers.edit",
    "merging:compare": "customers.edit",
    "merging:index": "customers.edit",
    "merging:merge": "customers.edit",
    "merging:by_rule": "merging.rules",
    "merging:undo_batch": "merging.rules",
    "merging:values": "merging.rules",
    "merging:undo": "customers.edit",
}
