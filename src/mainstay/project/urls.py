"""Every address of the site, one include per capability."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView

from mainstay.people.views.account import reset_password

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", include("mainstay.shared.jobs.urls")),
    path("records/", include("mainstay.records.urls")),
    path("accounts/email/", RedirectView.as_view(pattern_name="people:profile")),
    path("accounts/password/reset/", reset_password),
    path("accounts/", include("allauth.urls")),
    path("people/", include("mainstay.people.urls")),
    path("", include("mainstay.shared.urls")),
]
