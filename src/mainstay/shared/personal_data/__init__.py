"""The register of personal data: what is held of a customer or contact, where, and what becomes
of it. Export and erasure both read it, so neither can know of data that the other does not.

Each capability publishes, in its apps.ready(), one entry for each of its models:

    personal_data.publish(
        Personal("shop.Visit", _("Visits"), customer="customer", texts=("remark",)),
        Impersonal("shop.Opening", "hours of the shop"),
    )

Numbers, days and choices of a personal model are exported by themselves; each text is named, in
`texts` or in `held_back`, so that somebody has thought of it. What is not stored in a model (files,
mirrors, caches) is a `Place`.
"""

from .checking import gaps, is_text
from .declared import (
    DELETE,
    Erasing,
    Erasure,
    Impersonal,
    Personal,
    Place,
    Subject,
    Way,
    blank,
    keep,
)
from .erasing import empty_places, erase_rows, identifying_words
from .exporting import Section, exported, label_of
from .exporting import exported_columns as columns_of
from .register import (
    entries,
    entry_of,
    impersonal,
    model_of,
    places,
    publish,
    publish_place,
    publish_relatives,
    subject_of_row,
    widened,
)
from .words import holding, without

__all__ = [
    "DELETE",
    "Erasing",
    "Erasure",
    "Impersonal",
    "Personal",
    "Place",
    "Section",
    "Subject",
    "Way",
    "blank",
    "columns_of",
    "empty_places",
    "entries",
    "entry_of",
    "erase_rows",
    "exported",
    "gaps",
    "holding",
    "identifying_words",
    "impersonal",
    "is_text",
    "keep",
    "label_of",
    "model_of",
    "places",
    "publish",
    "publish_place",
    "publish_relatives",
    "subject_of_row",
    "widened",
    "without",
]
