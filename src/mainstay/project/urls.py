"""Every address of the site, one include per capability."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", include("mainstay.shared.jobs.urls")),
    path("records/", include("mainstay.records.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("mainstay.shared.urls")),
]
