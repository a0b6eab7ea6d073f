"""Members of staff and their sign-in, in the register.

The register is about customers and their contacts. Staff are users of the program: their data is
shown to themselves under “Your profile”, and administrators deactivate them.
"""

from django.utils.translation import gettext_lazy as _

from mainstay.shared.personal_data import Impersonal, Personal, publish

_STAFF = "members of staff, not customers or contacts"
_SIGN_IN = "how members of staff sign in"

ENTRIES = (
    Impersonal("people.User", _STAFF),
    Impersonal("people.RoleReach", "how far roles see"),
    Impersonal("people.RoleFields", "which fields roles see"),
    Impersonal("people.Team", "groups of staff"),
    Impersonal("people.AccessLink", _SIGN_IN),
    Impersonal("people.ApiToken", _SIGN_IN),
    Impersonal("people.Company", "the company's own settings"),
    # A kept search may be for a person by name.
    Personal("people.SavedView", _("Saved filters"), words_in=("name", "query")),
    Impersonal("auth.Permission", "not used: rights are in code"),
    Impersonal("auth.Group", "not used: roles are in code"),
    Impersonal("auth.Group_permissions", "not used: rights are in code"),
    Impersonal("contenttypes.ContentType", "names of models"),
    Impersonal("sessions.Session", "of staff; holds whom they are and what a form told them"),
    Impersonal("account.EmailAddress", _SIGN_IN),
    Impersonal("account.EmailConfirmation", _SIGN_IN),
    Impersonal("mfa.Authenticator", _SIGN_IN),
    Impersonal("usersessions.UserSession", _SIGN_IN),
    Impersonal("socialaccount.SocialApp", _SIGN_IN),
    Impersonal("socialaccount.SocialAccount", _SIGN_IN),
    Impersonal("socialaccount.SocialToken", _SIGN_IN),
)


def publish_entries() -> None:
    publish(*ENTRIES)
