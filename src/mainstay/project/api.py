"""The REST API: one OpenAPI 3.1 document over the routers of the capabilities."""

import logging
from functools import cache
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError
from ninja.errors import ValidationError as Invalid
from ninja.security import HttpBearer

from mainstay import __version__
from mainstay.people.actions import note_token_use
from mainstay.people.queries import working_token
from mainstay.shared.rest import limits
from mainstay.shared.rest.parsing import StrictParser
from mainstay.shared.rest.problems import (
    CONTENT_TYPE,
    Fault,
    Problem,
    Refused,
    exempt_from_sign_in,
    faults_of,
    problem,
    sentences,
)
from mainstay.shared.versions import EditedMeanwhile

logger = logging.getLogger(__name__)

ERRORS = {
    "400": "The body or a parameter is not well formed.",
    "401": "There is no valid token.",
    "403": "The token lacks the scope, or its user the right.",
    "404": "There is nothing here, or it is not the user's to see.",
    "409": "The key was used for another request, or the record was changed meanwhile.",
    "413": "The body is larger than 20 MB.",
    "415": "The body is not JSON.",
    "422": "A value does not fit; `errors` says which and what to do.",
    "429": "Too many requests in this minute; Retry-After says when to go on.",
    "503": "The database is busy; try again after Retry-After.",
}


class Token(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> Any:
        now = timezone.now()
        found = working_token(token, now=now)
        if found is None:
            return None
        note_token_use(token=found, now=now)
        request.user = found.user
        return found


class Api(NinjaAPI):
    def get_openapi_schema(self, **wishes: Any) -> Any:
        prefix = wishes.get("path_prefix") or self.get_root_path(wishes.get("path_params") or {})
        return self._document(prefix)

    @cache  # noqa: B019 - it takes a second to draw up, and the one API lives as long as the site
    def _document(self, prefix: str) -> Any:
        """Add the errors, which are the same for every operation."""
        schema = super().get_openapi_schema(path_prefix=prefix)
        models = schema["components"]["schemas"]
        own = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        models |= own.pop("$defs") | {"Problem": own}
        content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
        errors = {code: {"description": text, "content": content} for code, text in ERRORS.items()}
        for path in schema["paths"].values():
            for operation in path.values():
                answers = {str(code): answer for code, answer in operation["responses"].items()}
                operation["responses"] = answers | errors
        return schema


api = Api(
    title="Mainstay",
    version=__version__,
    description="Customers, orders, value and jobs. Send a token as `Authorization: Bearer …`.",
    urls_namespace="api",
    docs_url=None,  # the bundled viewers load from other hosts
    auth=Token(),
    throttle=[limits.PerToken()],
    parser=StrictParser(),
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return error.response()


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    # The parser's own refusal arrives wrapped.
    if isinstance(error.__cause__, Refused):
        return error.__cause__.response()
    headers = {"WWW-Authenticate": "Bearer"} if error.status_code == 401 else {}  # noqa: PLR2004
    sentence = sentences().get(error.status_code, str(error))
    return problem(error.status_code, sentence, headers=headers)


@api.exception_handler(Invalid)
def _invalid(request: HttpRequest, error: Invalid) -> HttpResponse:
    faults = [_fault(each) for each in error.errors[: limits.DEFAULT_ROWS]]
    return problem(422, _("Some values do not fit; correct them and send again."), faults)


def _fault(error: dict[str, Any]) -> Fault:
    """Turn ("body", "payload", "orders", 3, "currency") into row 3, field orders.currency."""
    place = list(error["loc"])[1:]
    rows = [part for part in place if isinstance(part, int)]
    names = [str(part)[:100] for part in place if isinstance(part, str) and part != "payload"]
    row = rows[0] if rows else None
    return Fault(row=row, field=".".join(names), message=str(error["msg"])[:300])


@api.exception_handler(ValidationError)
def _unfit(request: HttpRequest, error: ValidationError) -> HttpResponse:
    sentence = _("Some values do not fit; correct them and send again.")
    return problem(422, sentence, faults_of(error))


@api.exception_handler(EditedMeanwhile)
def _edited(request: HttpRequest, error: EditedMeanwhile) -> HttpResponse:
    sentence = _("Somebody changed this record meanwhile; read it again, then send your change.")
    return problem(409, sentence)


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return problem(403, str(error) or sentences()[403])


@api.exception_handler(RequestDataTooBig)
def _too_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return problem(413, sentences()[413])


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(UnreadablePostError)
def _malformed(request: HttpRequest, error: Exception) -> HttpResponse:
    return problem(400, sentences()[400])


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(404, sentences()[404])


@api.exception_handler(OperationalError)
def _busy(request: HttpRequest, error: OperationalError) -> HttpResponse:
    logger.warning("The database is busy: %s", error)
    sentence = _("The database is busy; send the same request again.")
    return problem(503, sentence, headers={"Retry-After": "1"})


@api.exception_handler(IntegrityError)
def _crossed(request: HttpRequest, error: IntegrityError) -> HttpResponse:
    """Two writers recorded the same thing at the same moment; the second comes again."""
    logger.warning("A write crossed another: %s", error)
    sentence = _("Somebody recorded the same meanwhile; send the same request again.")
    return problem(409, sentence, headers={"Retry-After": "1"})


@api.exception_handler(Exception)
def _unexpected(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("The API met an error: %s", request.path, exc_info=error)
    return problem(500, sentences()[500])


api.add_router("/customers", "mainstay.customers.api.router", tags=["customers"])
api.add_router("/customers", "mainstay.customers.addresses_api.router", tags=["customers"])
api.add_router("/contacts", "mainstay.customers.contacts_api.router", tags=["contacts"])
api.add_router("/customers", "mainstay.customers.recommendations.api.router", tags=["customers"])
api.add_router("/customers", "mainstay.customers.lifecycle.api.customer_router", tags=["lifecycle"])
api.add_router("/lifecycle", "mainstay.customers.lifecycle.api.router", tags=["lifecycle"])
api.add_router("/capture", "mainstay.customers.capture.api.router", tags=["capture"])
api.add_router("/profiling", "mainstay.customers.profiling.api.router", tags=["profiling"])
api.add_router("/quality", "mainstay.customers.quality.api.router", tags=["quality"])
api.add_router(
    "/custom-fields", "mainstay.customers.custom_fields.api.router", tags=["custom fields"]
)
api.add_router("/privacy", "mainstay.customers.privacy.api.router", tags=["privacy"])
api.add_router("/segments", "mainstay.customers.segments.api.router", tags=["segments"])
api.add_router("/merges", "mainstay.customers.merging.api.router", tags=["merges"])
api.add_router("/duplicates", "mainstay.customers.duplicates.api.router", tags=["merges"])
api.add_router("/interactions", "mainstay.customers.talks.api.router", tags=["interactions"])
api.add_router("/interactions", "mainstay.customers.talks.files_api.router", tags=["interactions"])
api.add_router("/mail", "mainstay.customers.mail.api.router", tags=["interactions"])
api.add_router("/tasks", "mainstay.customers.todo.api.router", tags=["tasks"])
api.add_router("/preferences", "mainstay.customers.preferences.api.router", tags=["preferences"])
api.add_router("/orders", "mainstay.orders.api.router", tags=["orders"])
api.add_router("/products", "mainstay.orders.products_api.router", tags=["products"])
api.add_router("/categories", "mainstay.orders.categories_api.router", tags=["products"])
api.add_router("/contracts", "mainstay.orders.contracts_api.router", tags=["orders"])
api.add_router(
    "/value/profitability", "mainstay.value.profitability.api.router", tags=["profitability"]
)
api.add_router(
    "/value/calculator",
    "mainstay.value.profitability.calculator_api.router",
    tags=["profitability"],
)
api.add_router("/value", "mainstay.value.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.acquisition.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.churn.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.renewals.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.board.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.cohorts.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.gaps.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.groups.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.comparison.api.router", tags=["value"])
api.add_router("/farewell", "mainstay.value.farewell.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.net_value.api.router", tags=["value"])
api.add_router("/value", "mainstay.value.what_if.api.router", tags=["value"])
api.add_router("/key-accounts", "mainstay.account_plans.planning_api.router", tags=["key accounts"])
api.add_router("/key-accounts", "mainstay.account_plans.board.api.router", tags=["key accounts"])
api.add_router(
    "/key-accounts", "mainstay.account_plans.relationship.api.router", tags=["key accounts"]
)
api.add_router(
    "/key-accounts", "mainstay.account_plans.buying_centre.api.router", tags=["key accounts"]
)
api.add_router("/key-accounts", "mainstay.account_plans.reviews.api.router", tags=["key accounts"])
api.add_router("/key-accounts", "mainstay.account_plans.portal.api.router", tags=["key accounts"])
api.add_router("/exports", "mainstay.project.moving.api.router", tags=["exports"])
api.add_router("/jobs", "mainstay.shared.jobs.api.router", tags=["jobs"])
api.add_router("/webhooks", "mainstay.shared.events.api.router", tags=["webhooks"])
urls = api.urls
exempt_from_sign_in(urls[0])
