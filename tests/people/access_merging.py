"""Who may open the pages of merging."""

from tests.people.access_needs import TOKEN, Needed

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
    "api:list_merges": TOKEN,
    "api:add_merge": TOKEN,
    "api:list_duplicate_pairs": TOKEN,
    "api:decide_duplicate_pair": TOKEN,
    "api:get_merge": TOKEN,
    "api:list_merge_conflicts": TOKEN,
    "api:undo_merge": TOKEN,
    "api:list_duplicate_scans": TOKEN,
    "api:start_duplicate_scan": TOKEN,
    "api:get_duplicate_scan": TOKEN,
    "api:get_duplicate_thresholds": TOKEN,
    "api:set_duplicate_thresholds": TOKEN,
}
