"""Stages follow an import of customers or orders."""

from datetime import timedelta

from mainstay.customers.imports import followers
from mainstay.customers.lifecycle.actions.computing import compute
from mainstay.customers.lifecycle.tasks import compute_stages
from mainstay.shared.jobs.models import Job
from tests.customers.imports.conftest import imported

__all__ = ["imported"]
CUSTOMERS = "Customer no,Name\n1,Firma\n"
ORDERS = "Order no,Customer,Date,Amount\nA,1,2026-03-01,10\n"


def _waiting() -> int:
    return Job.objects.filter(func=compute_stages.module_path, state="waiting").count()


def test_an_import_that_brings_something_has_stages_computed_once(imported, owner, now):
    imported("customers", CUSTOMERS, dry_run=True)
    assert _waiting() == 0

    row = imported("customers", CUSTOMERS)
    imported("orders", ORDERS)
    assert _waiting() == 1

    told = [remark.text for remark in followers.remarks(row, owner)]
    assert any("brings customers into the stages" in text for text in told)
    compute(now=now + timedelta(minutes=1))
    (link,) = [each for each in followers.remarks(row, owner) if "computed anew" in each.text]
    assert link.url == "/customers/lifecycle/"

    Job.objects.all().delete()
    imported("customers", CUSTOMERS)
    assert _waiting() == 0  # the same file changes nothing
