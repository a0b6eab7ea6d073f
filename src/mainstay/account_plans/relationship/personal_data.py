"""What is held of a relationship, in the register of personal data."""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish


def publish_entries() -> None:
    publish(
        Personal(
            "account_relations.Rating",
            _("Ratings of the relationship"),
            customer="customer",
            contact="invitation__contact",
            texts=("criterion", "note", "evidence"),
        ),
        Personal(
            "account_relations.Invitation",
            _("Invitations to rate the relationship"),
            customer="customer",
            contact="contact",
            texts=("language",),
            held_back={"nonce": _("a token drawn at random")},
        ),
        Personal(
            "account_relations.Approach",
            _("How we sell to the customer"),
            customer="customer",
            texts=("answers", "note"),
        ),
        Personal(
            "account_relations.LevelNote",
            _("Level of the relationship"),
            customer="customer",
            texts=("why",),
        ),
        Impersonal("account_relations.Wording", "by what relationships are judged"),
    )
