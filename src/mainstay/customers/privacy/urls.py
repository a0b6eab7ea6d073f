from django.urls import path, register_converter

from . import views


class PersonKind:
    regex = "customer|contact"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PersonKind, "person_kind")
app_name = "privacy"

urlpatterns = [
    path("", views.cases, name="cases"),
    path("cases/<int:pk>/", views.case, name="case"),
    path("cases/<int:pk>/identity/", views.check_identity, name="check_identity"),
    path("cases/<int:pk>/start/", views.start, name="start"),
    path("cases/<int:pk>/return/", views.let_return, name="let_return"),
    path("cases/<int:pk>/data/", views.package, name="package"),
    path("cases/<int:pk>/<slug:how>/", views.answer, name="answer"),
    path("purposes/", views.purposes, name="purposes"),
    path("purposes/add/", views.add_purpose, name="add_purpose"),
    path("purposes/<int:pk>/", views.purpose, name="purpose"),
    path("purposes/<int:pk>/wording/", views.add_wording, name="add_wording"),
    path("purposes/<int:pk>/archive/", views.archive_purpose, name="archive_purpose"),
    path("register/", views.register, name="register"),
    path("customer/<int:pk>/restrict/", views.restrict, name="restrict"),
    path("<person_kind:kind>/<int:pk>/", views.person, name="person"),
    path("<person_kind:kind>/<int:pk>/case/", views.open_case, name="open_case"),
    path("<person_kind:kind>/<int:pk>/link/", views.link, name="link"),
    path("choices/<str:token>/", views.choices, name="choices"),
    path("choices/<str:token>/unsubscribe/", views.unsubscribe, name="unsubscribe"),
]
