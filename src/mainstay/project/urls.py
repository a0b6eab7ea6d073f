"""Every address of the site, one include per capability."""

from allauth.socialaccount.views import login_error
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from mainstay.people.views.account import reset_password
from mainstay.project.api import urls as api_urls
from mainstay.project.assistant import http as assistant

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("mainstay.cockpit.urls")),
    path("api/v1/", api_urls),
    path("mcp", assistant.answer, name="mcp"),
    path("webhooks/", include("mainstay.shared.events.urls")),
    path("jobs/", include("mainstay.shared.jobs.urls")),
    path("records/", include("mainstay.records.urls")),
    # Before allauth's own, which would hide the provider's refusal from who is not signed in yet.
    path("accounts/3rdparty/login/error/", login_not_required(login_error)),
    path("accounts/email/", RedirectView.as_view(pattern_name="people:profile")),
    path("accounts/password/reset/", reset_password),
    path("accounts/", include("allauth.urls")),
    path("import/", include("mainstay.customers.imports.urls")),
    path("preferences/", include("mainstay.customers.preferences.urls")),
    path("tasks/", include("mainstay.customers.todo.urls")),
    path("interactions/mail/", include("mainstay.customers.mail.urls")),
    path("interactions/", include("mainstay.customers.talks.urls")),
    path("quality/", include("mainstay.customers.quality.urls")),
    path("customers/lifecycle/", include("mainstay.customers.lifecycle.urls")),
    path("customers/fields/", include("mainstay.customers.custom_fields.urls")),
    path("customers/merges/", include("mainstay.customers.merging.urls")),
    path("segments/", include("mainstay.value.farewell.urls")),
    path("segments/", include("mainstay.customers.segments.urls")),
    path("privacy/", include("mainstay.customers.privacy.urls")),
    path("capture/", include("mainstay.customers.profiling.urls")),
    path("capture/", include("mainstay.customers.capture.urls")),
    path("c/", include("mainstay.customers.capture.public_urls")),
    path("customers/", include("mainstay.customers.sharing.urls")),
    path("customers/duplicates/", include("mainstay.customers.duplicates.urls")),
    path("customers/", include("mainstay.customers.urls")),
    path("orders/", include("mainstay.orders.urls")),
    path("key-accounts/", include("mainstay.account_plans.urls")),
    path("portal/", include("mainstay.account_plans.portal.public_urls")),
    path("value/", include("mainstay.value.urls")),
    path("people/company/exports/", include("mainstay.project.moving.urls")),
    path("people/", include("mainstay.people.urls")),
    path("", include("mainstay.shared.urls")),
]
