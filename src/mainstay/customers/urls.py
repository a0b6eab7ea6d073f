from django.urls import path

from mainstay.customers.changes import views as changes
from mainstay.customers.recommendations import views as recommendations
from mainstay.customers.views import contacts, customers

app_name = "customers"

urlpatterns = [
    path("", customers.index, name="list"),
    path("add/", customers.add, name="add"),
    path("contacts/", contacts.index, name="contacts"),
    path("contacts/<int:pk>/", contacts.contact, name="contact"),
    path("contacts/<int:pk>/edit/", contacts.edit, name="edit_contact"),
    path("contacts/<int:pk>/archive/", contacts.archive, name="archive_contact"),
    path("changes/", changes.index, name="changes"),
    path("changes/<int:pk>/", changes.change, name="change"),
    path("changes/<int:pk>/undo/", changes.undo, name="undo_change"),
    path("<int:pk>/edit/", customers.edit, name="edit"),
    path("<int:pk>/archive/", customers.archive, name="archive"),
    path("<int:pk>/restore/", customers.restore, name="restore"),
    path("<int:pk>/tags/", customers.tags, name="tags"),
    path("<int:pk>/recommended-by/", recommendations.note, name="recommended_by"),
    path("<int:pk>/addresses/add/", customers.add_address, name="add_address"),
    path("<int:pk>/addresses/<int:number>/", customers.address, name="address"),
    path("<int:pk>/contacts/add/", contacts.add, name="add_contact"),
    path("<int:pk>/places/<int:number>/", contacts.place, name="place"),
]
