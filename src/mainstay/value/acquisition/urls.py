"""Addresses of new customers, and of channels and what they cost."""

from django.urls import path

from . import cost_views, views

urlpatterns = [
    path("acquisition/", views.overview, name="acquisition"),
    path("acquisition/channels/", cost_views.channels, name="channels"),
    path("acquisition/channels/add/", cost_views.channel, name="add_channel"),
    path("acquisition/channels/<int:pk>/", cost_views.channel, name="channel"),
    path("acquisition/channels/<int:pk>/remove/", cost_views.remove_channel, name="remove_channel"),
    path("acquisition/campaigns/<int:pk>/", cost_views.campaign, name="campaign"),
    path(
        "acquisition/campaigns/<int:pk>/remove/", cost_views.remove_campaign, name="remove_campaign"
    ),
    path("acquisition/costs/add/", cost_views.cost, name="add_cost"),
    path("acquisition/costs/<int:pk>/", cost_views.cost, name="cost"),
    path("acquisition/costs/<int:pk>/remove/", cost_views.remove_cost, name="remove_cost"),
]
