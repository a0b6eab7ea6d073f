"""The overview of a key account, and how the other tabs find theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from mainstay.people.permissions import needs

from . import presenters, queries

View = Callable[..., HttpResponse]


def of_account(view: View) -> View:
    """Give the view the account instead of the customer's number; 404 where there is none.

    A customer that was merged into another leads to the account of that one.
    """

    @wraps(view)
    def found(request: HttpRequest, customer: int, *args: Any, **known: Any) -> HttpResponse:
        account = queries.account(request.user, customer)
        if account is None or account.customer.archived_at is not None:
            kept = queries.account_it_became(request.user, customer)
            if kept is not None:
                return redirect("accounts:account", kept.pk)
        if account is None:
            raise Http404
        return view(request, account, *args, **known)

    return needs("accounts.view")(found)  # type: ignore[return-value]


@require_GET
@of_account
def overview(request: HttpRequest, account: queries.Account) -> HttpResponse:
    page = presenters.overview(account, timezone.now())
    return render(request, "account_plans/workspace/overview.html", page)
