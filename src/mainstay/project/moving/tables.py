"""What goes out and what stays behind: the one list of it.

A table's name is a promise to who reads the files, so it is written here and does not follow the
names of classes. Columns are called as the fields; foreign keys end in `_id`. A model that stands
neither in TABLES nor in STAYS fails a test, as does a column that looks like a secret.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import models

SIGNS_IN = "a secret of the person or program that signs in"
DERIVED = "made anew from the other columns"
JOB = "the number of a job, and jobs stay behind"
UNUSABLE = "!"


@dataclass(frozen=True)
class Without:
    """A column that stays behind, why, and what stands there after an import."""

    because: str
    instead: Any = ""


_SEARCH = {"sort_name": Without(DERIVED), "search": Without(DERIVED)}
_JOB_ID = {"job_id": Without(JOB)}


@dataclass(frozen=True)
class Table:
    name: str
    model_label: str
    without: Mapping[str, Without] = field(default_factory=dict)
    # Columns that only look like secrets.
    open: frozenset[str] = frozenset()
    # `mainstay migrate` writes rows itself, which an import replaces.
    seeded: bool = False

    @property
    def model(self) -> type[models.Model]:
        return apps.get_model(self.model_label)

    @property
    def fields(self) -> list[Any]:
        """Return the fields that go out, in the order in which they were declared."""
        every = self.model._meta.concrete_fields
        return [each for each in every if each.name not in self.without]


def _key(name: str, model_label: str, **more: Any) -> Table:
    """Return a table in which `key` is the word for something, nothing that opens a door."""
    return Table(name, model_label, open=frozenset({"key"}), **more)


TABLES = (
    Table("company", "people.Company"),
    Table("teams", "people.Team"),
    Table(
        "users",
        "people.User",
        without={
            "password": Without(SIGNS_IN, UNUSABLE),
            "last_login": Without(SIGNS_IN, None),
        },
    ),
    Table("user_emails", "account.EmailAddress"),
    Table("role_reaches", "people.RoleReach"),
    Table("role_fields", "people.RoleFields"),
    Table("saved_views", "people.SavedView", open=frozenset({"list_key"})),
    Table("audit_events", "records.AuditEvent"),
    Table("sources", "customers.Source"),
    Table("tags", "customers.Tag"),
    Table("acquisition_channels", "customers.AcquisitionChannel"),
    Table("acquisition_campaigns", "customers.AcquisitionCampaign"),
    Table("customers", "customers.Customer", without=_SEARCH),
    Table("customer_tags", "customers.Customer_tags"),
    Table("customer_references", "customers.ExternalReference"),
    Table("addresses", "customers.Address"),
    Table("contacts", "customers.Contact", without=_SEARCH),
    Table("contact_references", "customers.ContactReference"),
    Table("contact_places", "customers.Affiliation"),
    Table("interactions", "customers.Interaction"),
    Table("recommendations", "customers.Recommendation"),
    Table("customer_changes", "customers.ManyChange", without=_JOB_ID),
    Table("changed_customers", "customers.ChangedCustomer"),
    Table("interaction_references", "talks.InteractionReference"),
    Table("interaction_participants", "talks.Participant"),
    Table("interaction_mentions", "talks.Mention"),
    Table("attachments", "talks.Attachment"),
    Table("mail_rules", "mail.MailRules"),
    Table(
        "mailboxes",
        "mail.Mailbox",
        without={"sealed": Without(SIGNS_IN), "job": Without(JOB, None)},
    ),
    Table("mail_intakes", "mail.Intake", without={"job": Without(JOB, None)}),
    Table("mail_skipped", "mail.Skipped"),
    _key("mail_letters", "mail.Letter"),
    Table("tasks", "todo.Task"),
    Table("preference_topics", "preferences.Topic"),
    Table("preference_answers", "preferences.Answer"),
    _key("quality_rules", "quality.RuleSetting"),
    Table("quality_plans", "quality.Plan"),
    Table("quality_runs", "quality.Run", without=_JOB_ID),
    Table("quality_scores", "quality.Score"),
    Table("quality_findings", "quality.Finding"),
    Table("bounces", "quality.Bounce"),
    Table("confirmations", "quality.Confirmation"),
    Table("purposes", "privacy.Purpose"),
    Table("consent_wordings", "privacy.Wording"),
    Table("consents", "privacy.ConsentEvent"),
    Table("privacy_cases", "privacy.Case", without=_JOB_ID),
    Table("privacy_packages", "privacy.Package"),
    Table("suppressions", "privacy.Suppression", open=frozenset({"digest"})),
    Table("coupon_batches", "capture.CouponBatch"),
    Table("capture_forms", "capture.CaptureForm"),
    Table("capture_form_fields", "capture.FormField"),
    # The token is the public address that is printed as a QR code.
    Table("touchpoints", "capture.Touchpoint", open=frozenset({"token"})),
    Table(
        "captures",
        "capture.Capture",
        without={"confirmation": Without(SIGNS_IN, None)},
        open=frozenset({"nonce"}),
    ),
    Table("coupons", "capture.Coupon"),
    Table("shares", "sharing.Share"),
    _key("profile_questions", "profiling.Question", seeded=True),
    Table("profile_answers", "profiling.Answer"),
    Table("custom_fields", "custom_fields.Definition", open=frozenset({"key"})),
    Table("custom_field_choices", "custom_fields.Choice"),
    Table("custom_customer_values", "custom_fields.CustomerValue"),
    Table("custom_contact_values", "custom_fields.ContactValue"),
    Table("stage_thresholds", "lifecycle.Thresholds"),
    Table("stages", "lifecycle.Standing"),
    Table("stage_changes", "lifecycle.StageChange"),
    Table("stage_overrides", "lifecycle.Override"),
    Table("stage_snapshots", "lifecycle.Snapshot"),
    Table("imports", "imports.Import", without={"job": Without(JOB, None)}),
    Table("import_layouts", "imports.ColumnMapping"),
    Table("duplicate_scans", "duplicates.Scan", without=_JOB_ID),
    Table("duplicate_pairs", "duplicates.Pair"),
    Table("duplicate_thresholds", "duplicates.Thresholds"),
    Table("merge_batches", "merging.Batch", without=_JOB_ID),
    Table("merges", "merging.Merge"),
    Table("merged_records", "merging.Absorbed"),
    Table("merged_rows", "merging.Moved"),
    Table("merge_rules", "merging.FieldRule"),
    Table("trusted_sources", "merging.TrustedSource"),
    Table("segments", "segments.Segment"),
    Table("segment_members", "segments.Membership"),
    Table("segment_days", "segments.SegmentDay"),
    Table("product_categories", "orders.ProductCategory"),
    Table("products", "orders.Product", without=_SEARCH),
    Table("orders", "orders.Order"),
    Table("order_lines", "orders.OrderLine"),
    Table("contracts", "orders.Contract"),
    Table("exchange_rates", "orders.ExchangeRate"),
    Table("activities", "orders.Activity"),
    Table("activity_quantities", "orders.DriverQuantity"),
    Table("value_runs", "value.ValueRun", without=_JOB_ID),
    _key("value_run_parts", "value.RunPart"),
    Table("customer_values", "value.CustomerValue"),
    Table("value_moves", "value.CustomerMove"),
    Table("board_packs", "value.BoardPack", without=_JOB_ID),
    Table("channel_costs", "value.ChannelCost"),
    Table("loss_rules", "value.LossRule"),
    _key("loss_reasons", "value.LossReason"),
    Table("loss_notes", "value.LossNote"),
    Table("lost_customers", "value.LostCustomer"),
    Table("retention_cases", "value.RetentionCase"),
    Table("cohorts", "value.OwnCohort"),
    Table("product_markets", "value.ProductMarket"),
    Table("wallet_estimates", "value.WalletEstimate"),
    Table("customer_gaps", "value.CustomerGap"),
    Table("net_values", "value.NetValue"),
    Table("profit_runs", "value.ProfitRun", without=_JOB_ID),
    Table("customer_profits", "value.CustomerProfit"),
    Table("profit_cells", "value.ProfitCell"),
    Table("treatment_decisions", "value.TreatmentDecision"),
    Table("scenarios", "value.Scenario"),
    Table("farewell_rules", "farewell.FarewellRule"),
    Table("farewell_decisions", "farewell.FarewellDecision"),
    Table("selections", "account_plans.Selection"),
    Table("selection_criteria", "account_plans.Criterion"),
    Table("selection_candidates", "account_plans.Candidate"),
    Table("selection_ratings", "account_plans.Rating"),
    Table("selection_judgements", "account_plans.Judgement"),
    Table("selection_placings", "account_plans.Placing"),
    Table("key_accounts", "account_plans.KeyAccount"),
    Table("plan_action_lines", "account_plans.ActionLine"),
    Table("planned_actions", "account_plans.PlannedAction"),
    Table("plan_strategies", "account_plans.Strategy"),
    Table("plan_offerings", "account_plans.Offering"),
    Table("plan_certainties", "account_plans.CertaintyRating"),
    _key("plan_library", "account_plans.LibraryEntry"),
    _key("plan_passages", "account_plans.Passage"),
    Table("plan_versions", "account_plans.PlanVersion"),
    Table("plan_team", "account_plans.TeamMember"),
    Table("plan_skills", "account_plans.SkillRating"),
    _key("relationship_criteria", "account_relations.Wording"),
    Table("relationship_invitations", "account_relations.Invitation", open=frozenset({"nonce"})),
    Table("relationship_ratings", "account_relations.Rating"),
    Table("relationship_approaches", "account_relations.Approach"),
    Table("relationship_levels", "account_relations.LevelNote"),
    Table("portal_works", "account_portal.Work"),
    Table("portal_stages", "account_portal.Stage"),
    Table("portal_comments", "account_portal.Comment"),
    Table("portal_opinions", "account_portal.Opinion"),
    Table("portal_shared_actions", "account_portal.SharedAction"),
    _key("buying_centre_roles", "buying_centre.RoleWording"),
    Table("buying_centre_members", "buying_centre.Member"),
    Table("buying_centre_influences", "buying_centre.Influence"),
    Table("buying_centre_purchases", "buying_centre.Purchase"),
    Table("reviews", "account_reviews.Meeting"),
    Table("review_participants", "account_reviews.Participant"),
    _key("review_points", "account_reviews.Point"),
    Table("review_decisions", "account_reviews.Decision"),
)

_SIGN_IN = "sign-ins and their keys stay with the installation; users set a new password"
_LISTENERS = "a copy must not send to who listens to the original; register them again"
_PROGRAM = "made by the program itself"
_LINKS = "links that were sent out open the original only; make new ones"
_WORK = "work of that installation, with its leases"
STAYS = {
    "moving.Export": "exports that were made",
    "people.AccessLink": _LINKS,
    "people.ApiToken": _SIGN_IN,
    "todo.Feed": _LINKS,
    "preferences.AskingLink": _LINKS,
    "privacy.ChoiceLink": _LINKS,
    "account_portal.Invitation": _LINKS,
    "account_portal.Visit": _LINKS,
    "records.ErasureWarrant": "stands only while somebody is being erased",
    "orders.MirrorDebt": "the analytics mirror is made anew",
    "events.Endpoint": _LISTENERS,
    "events.Subscription": _LISTENERS,
    "events.Event": _LISTENERS,
    "events.Delivery": _LISTENERS,
    "events.Attempt": _LISTENERS,
    "jobs.Job": _WORK,
    "shared.KeptAnswer": _WORK,
    "shared.RequestCount": _WORK,
    "auth.Permission": _PROGRAM,
    "auth.Group_permissions": _PROGRAM,
    "auth.Group": _PROGRAM,
    "contenttypes.ContentType": _PROGRAM,
    "sessions.Session": _SIGN_IN,
    "account.EmailConfirmation": _SIGN_IN,
    "mfa.Authenticator": _SIGN_IN,
    "usersessions.UserSession": _SIGN_IN,
    "socialaccount.SocialApp": _SIGN_IN,
    "socialaccount.SocialAccount": _SIGN_IN,
    "socialaccount.SocialToken": _SIGN_IN,
}
_SECRETIVE = re.compile(
    r"password|token|secret|sealed|salt|hash|digest|nonce|session|lease|(^|_)key$|job(_id)?$"
)


def gaps() -> list[str]:
    """Return what must be said here before every model has a word about export."""
    named = {table.model_label for table in TABLES}
    return [
        *(gap for model in _models() for gap in _gaps_of(model._meta.label, named)),
        *(gap for table in TABLES for gap in _secretive(table)),
    ]


def _models() -> list[Any]:
    return list(apps.get_models(include_auto_created=True))


def _gaps_of(label: str, named: set[str]) -> Iterator[str]:
    if (label in named) == (label in STAYS):
        yield f"{label}: name its table in TABLES, or in STAYS why it does not leave"


def _secretive(table: Table) -> Iterator[str]:
    for each in table.fields:
        if _SECRETIVE.search(each.name) and each.name not in table.open:
            yield f"{table.model_label}.{each.name} looks like a secret: `without` it, or `open`"
