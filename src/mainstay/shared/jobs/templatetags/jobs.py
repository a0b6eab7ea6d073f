from typing import Any

from django import template

from mainstay.shared.jobs import presenters

register = template.Library()


@register.filter
def job_card(job: Any) -> presenters.JobCard:
    return presenters.card(job)
