"""Everything that changes customers, contacts and interactions."""

from mainstay.customers.actions.acquisition import (
    add_channel,
    campaign_named,
    change_channel,
    channel_named,
    remove_campaign,
    remove_channel,
    rename_campaign,
)
from mainstay.customers.actions.batch import record_customers
from mainstay.customers.actions.cleaning import (
    may_edit,
    may_edit_all,
    may_edit_contact,
    may_edit_person,
)
from mainstay.customers.actions.contact_batch import record_contacts
from mainstay.customers.actions.contacts import (
    add_affiliation,
    add_contact,
    archive_contact,
    change_affiliation,
    change_contact,
    end_affiliation,
    restore_contact,
)
from mainstay.customers.actions.customers import (
    add_customer,
    add_reference,
    archive_customer,
    change_customer,
    remove_address,
    restore_customer,
    save_address,
    set_tags,
    source_named,
    tag_named,
    write_tags,
)
from mainstay.customers.actions.findable import make_all_findable, refresh_search
from mainstay.customers.actions.interactions import (
    add_interaction,
    archive_interaction,
    change_interaction,
    read_texts,
    restore_interaction,
    settle_complaint,
)
from mainstay.customers.actions.many import change_many, check_bulk
from mainstay.customers.actions.named import Named

__all__ = [
    "Named",
    "add_affiliation",
    "add_channel",
    "add_contact",
    "add_customer",
    "add_interaction",
    "add_reference",
    "archive_contact",
    "archive_customer",
    "archive_interaction",
    "campaign_named",
    "change_affiliation",
    "change_channel",
    "change_contact",
    "change_customer",
    "change_interaction",
    "change_many",
    "channel_named",
    "check_bulk",
    "end_affiliation",
    "make_all_findable",
    "may_edit",
    "may_edit_all",
    "may_edit_contact",
    "may_edit_person",
    "read_texts",
    "record_contacts",
    "record_customers",
    "refresh_search",
    "remove_address",
    "remove_campaign",
    "remove_channel",
    "rename_campaign",
    "restore_contact",
    "restore_customer",
    "restore_interaction",
    "save_address",
    "set_tags",
    "settle_complaint",
    "source_named",
    "tag_named",
    "write_tags",
]
