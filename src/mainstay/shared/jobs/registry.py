"""From the path kept in the database back to the task."""

from typing import Any

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django_tasks.base import Task


class UnknownTask(Exception):
    """The program that reads this job does not have its function."""


def task_of(path: str) -> Any:
    try:
        task = import_string(path)
    except ImportError as error:
        raise UnknownTask(f"This program has no task called {path}.") from error
    if not isinstance(task, Task):
        raise UnknownTask(f"{path} is not a task.")
    return task


def title_of(path: str) -> "str | Promise":
    """Return what the job is called on the screen."""
    try:
        title: str | Promise = task_of(path).title
    except UnknownTask:
        title = ""
    return title or path.rsplit(".", 1)[-1].replace("_", " ").capitalize()
