"""Who may open which address of personal data."""

from tests.people.access_needs import PUBLIC, TOKEN, Needed

PRIVACY: dict[str, Needed] = {
    "privacy:cases": "privacy.admin",
    "privacy:case": "privacy.admin",
    "privacy:check_identity": "privacy.admin",
    "privacy:answer": "privacy.admin",
    "privacy:start": "privacy.admin",
    "privacy:let_return": "privacy.admin",
    "privacy:package": "privacy.admin",
    "privacy:person": ("customers.view", "interactions.edit"),
    "privacy:open_case": "privacy.admin",
    "privacy:link": "interactions.edit",
    "privacy:restrict": "privacy.admin",
    "privacy:purposes": "privacy.admin",
    "privacy:add_purpose": "privacy.admin",
    "privacy:purpose": "privacy.admin",
    "privacy:add_wording": "privacy.admin",
    "privacy:archive_purpose": "privacy.admin",
    "privacy:register": "privacy.admin",
    "sharing:who_sees": ("customers.view", "customers.edit"),
    "sharing:stop": "customers.edit",
    "privacy:choices": PUBLIC,
    "privacy:unsubscribe": PUBLIC,
    "api:list_purposes": TOKEN,
    "api:get_consents": TOKEN,
    "api:note_consent": TOKEN,
    "api:list_privacy_cases": TOKEN,
    "api:open_privacy_case": TOKEN,
    "api:get_privacy_case": TOKEN,
    "api:check_identity": TOKEN,
    "api:start_privacy_case": TOKEN,
    "api:download_privacy_data": TOKEN,
}
PEOPLE_NAMED: dict[str, dict[str, object]] = {
    "privacy:person": {"kind": "customer", "pk": 1},
    "privacy:open_case": {"kind": "customer", "pk": 1},
    "privacy:link": {"kind": "customer", "pk": 1},
}
