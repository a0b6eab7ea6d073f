"""Who may open which address: every route of the site stands here, or a test fails.

A route is named as `reverse` names it; one without a name by its path. Its value is the capability
that opens it; two values are one for reading (GET) and one for writing (POST).
"""

PUBLIC = "nobody needs to be signed in"
SIGNED_IN = "everybody who is signed in"
TOKEN = "only an API token"
HIDDEN = "not found for whoever may not"

Needed = str | tuple[str, str]

SHARED: dict[str, Needed] = {
    "shared:find": SIGNED_IN,
    "shared:theme": PUBLIC,
    "shared:language": PUBLIC,
    "shared:styleguide": HIDDEN,
}

COCKPIT: dict[str, Needed] = {
    "cockpit:home": "home.view",
    "cockpit:customer": "customers.view",
    "cockpit:timeline": "customers.view",
    "cockpit:note": "interactions.edit",
}

JOBS: dict[str, Needed] = {
    "jobs:index": "jobs.view",
    "jobs:detail": "jobs.view",
    "jobs:progress": "jobs.view",
    "jobs:cancel": "jobs.view",
    "jobs:retry": "jobs.view",
}

RECORDS: dict[str, Needed] = {"records:index": "records.view"}

PEOPLE: dict[str, Needed] = {
    "people:members": "people.view",
    "people:invite": "people.admin",
    "people:member": "people.admin",
    "people:make_link": "people.admin",
    "people:revoke_link": "people.admin",
    "people:deactivate": "people.admin",
    "people:activate": "people.admin",
    "people:teams": "people.view",
    "people:add_team": "people.admin",
    "people:team": "people.admin",
    "people:remove_team": "people.admin",
    "people:company": "people.admin",
    "people:profile": SIGNED_IN,
    "people:access": "home.view",
    "people:tokens": "api.use",
    "people:revoke_token": "api.use",
    "people:join": PUBLIC,
}

VALUE: dict[str, Needed] = {
    "value:overview": "value.view",
    "value:runs": "value.view",
    "value:run": "value.view",
    "value:start": "value.run",
    "value:gaps": "value.view",
    "value:lists": "value.view",
    "value:models": "value.view",
    "value:equity": "value.view",
    "value:wallet": ("value.view", "customers.edit"),
    "value:what_if": "money.view",
    "value:keep_scenario": "value.run",
    "value:put_away_scenario": "value.run",
    "value:markets": ("value.view", "orders.edit"),
    "value:profitability": "money.view",
    "value:start_profitability": "value.run",
    "value:matrix": "money.view",
    "value:worklist": ("money.view", "customers.edit"),
    "value:treat": "money.view",
    "value:treatment": ("money.view", "customers.edit"),
    "value:calculator": "money.view",
    "value:activities": "money.view",
    "value:add_activity": ("money.view", "orders.edit"),
    "value:activity": ("money.view", "orders.edit"),
    "value:archive_activity": "orders.edit",
}

CUSTOMERS: dict[str, Needed] = {
    "customers:list": ("customers.view", "customers.edit"),
    "customers:add": "customers.edit",
    "customers:edit": "customers.edit",
    "customers:archive": "customers.edit",
    "customers:restore": "customers.edit",
    "customers:tags": "customers.edit",
    "customers:recommended_by": "customers.edit",
    "customers:add_address": "customers.edit",
    "customers:address": "customers.edit",
    "customers:contacts": "customers.view",
    "customers:contact": "customers.view",
    "customers:edit_contact": "customers.edit",
    "customers:archive_contact": "customers.edit",
    "customers:add_contact": "customers.edit",
    "customers:place": "customers.edit",
    "customers:interaction": "interactions.edit",
    "customers:add_interaction": "interactions.edit",
}

IMPORTS: dict[str, Needed] = {
    "imports:index": "customers.import",
    "imports:new": "customers.import",
    "imports:detail": "customers.import",
    "imports:layout": "customers.import",
    "imports:mapping": "customers.import",
    "imports:check": "customers.import",
    "imports:run": "customers.import",
    "imports:cancel": "customers.import",
    "imports:delete": "customers.import",
    "imports:refused": "customers.import",
}

ORDERS: dict[str, Needed] = {
    "orders:rates": ("orders.view", "orders.import"),
    "orders:remove_rate": "orders.import",
    "orders:list": "orders.view",
    "orders:products": "orders.view",
    "orders:product": ("orders.view", "orders.edit"),
    "orders:page": "orders.view",
    "orders:contracts": "orders.view",
    "orders:add_contract": "orders.contracts",
    "orders:contract": "orders.contracts",
}

API: dict[str, Needed] = {
    "api:api-root": PUBLIC,
    "api:openapi-json": PUBLIC,
    "api:list_customers": TOKEN,
    "api:add_customer": TOKEN,
    "api:record_customers": TOKEN,
    "api:get_customer": TOKEN,
    "api:change_customer": TOKEN,
    "api:list_addresses": TOKEN,
    "api:add_address": TOKEN,
    "api:change_address": TOKEN,
    "api:remove_address": TOKEN,
    "api:list_contacts": TOKEN,
    "api:add_contact": TOKEN,
    "api:get_contact": TOKEN,
    "api:change_contact": TOKEN,
    "api:add_place": TOKEN,
    "api:change_place": TOKEN,
    "api:list_products": TOKEN,
    "api:record_products": TOKEN,
    "api:get_product": TOKEN,
    "api:change_product": TOKEN,
    "api:list_categories": TOKEN,
    "api:add_category": TOKEN,
    "api:get_category": TOKEN,
    "api:change_category": TOKEN,
    "api:list_orders": TOKEN,
    "api:record_order": TOKEN,
    "api:record_orders": TOKEN,
    "api:get_order": TOKEN,
    "api:list_contracts": TOKEN,
    "api:record_contracts": TOKEN,
    "api:list_runs": TOKEN,
    "api:start_run": TOKEN,
    "api:get_current_run": TOKEN,
    "api:get_run": TOKEN,
    "api:list_values": TOKEN,
    "api:compare_models": TOKEN,
    "api:list_gaps": TOKEN,
    "api:get_recommendation": TOKEN,
    "api:note_recommendation": TOKEN,
    "api:compute_what_if": TOKEN,
    "api:list_scenarios": TOKEN,
    "api:keep_scenario": TOKEN,
    "api:compute_scenario": TOKEN,
    "api:note_wallet": TOKEN,
    "api:get_value": TOKEN,
    "api:get_profitability": TOKEN,
    "api:start_profitability": TOKEN,
    "api:list_profits": TOKEN,
    "api:get_profit": TOKEN,
    "api:decide_treatment": TOKEN,
    "api:list_activities": TOKEN,
    "api:add_activity": TOKEN,
    "api:change_activity": TOKEN,
    "api:record_quantities": TOKEN,
    "api:calculate": TOKEN,
    "api:list_jobs": TOKEN,
    "api:get_job": TOKEN,
    "api:cancel_job": TOKEN,
    "api:retry_job": TOKEN,
}

ACCOUNTS: dict[str, Needed] = {
    "accounts/email/": SIGNED_IN,
    "accounts/3rdparty/login/error/": PUBLIC,
    "accounts/password/reset/": PUBLIC,
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_signup": PUBLIC,
    "account_reauthenticate": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": PUBLIC,
    "account_reset_password_from_key_done": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "mfa_list_webauthn": SIGNED_IN,
    "mfa_add_webauthn": SIGNED_IN,
    "mfa_reauthenticate_webauthn": SIGNED_IN,
    "mfa_remove_webauthn": SIGNED_IN,
    "mfa_edit_webauthn": SIGNED_IN,
    "mfa_login_webauthn": PUBLIC,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": PUBLIC,
    "socialaccount_signup": PUBLIC,
    "socialaccount_connections": SIGNED_IN,
    "accounts/social/login/cancelled/": SIGNED_IN,
    "accounts/social/login/error/": SIGNED_IN,
    "accounts/social/signup/": SIGNED_IN,
    "accounts/social/connections/": SIGNED_IN,
    "openid_connect_login": PUBLIC,
    "openid_connect_callback": PUBLIC,
    "usersessions_list": SIGNED_IN,
}

MATRIX: dict[str, Needed] = {
    **SHARED,
    **COCKPIT,
    **JOBS,
    **RECORDS,
    **PEOPLE,
    **VALUE,
    **CUSTOMERS,
    **IMPORTS,
    **ORDERS,
    **API,
    **ACCOUNTS,
}

# What a pattern cannot tell: arguments of routes written as regular expressions.
ARGUMENTS: dict[str, dict[str, object]] = {
    "account_confirm_email": {"key": "x"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
    "openid_connect_login": {"provider_id": "company"},
    "openid_connect_callback": {"provider_id": "company"},
}
