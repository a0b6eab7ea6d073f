"""Reading the body of a request: strict JSON whose every letter can be stored."""

import json
from typing import Any, NoReturn

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.parser import Parser

from mainstay.shared.rest.problems import Refused


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        kind = request.content_type or "application/json"
        if kind != "application/json" and not kind.endswith("+json"):
            raise Refused(415, _("Send the body as JSON, with Content-Type: application/json."))
        try:
            text = request.body.decode("utf-8")
        except UnicodeDecodeError as error:
            raise Refused(400, _("The body is not UTF-8; send JSON in UTF-8.")) from error
        return decoded(text)


def decoded(text: str) -> Any:
    """Return the JSON value, or refuse it with a sentence that says where it breaks."""
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
        again = json.dumps(value, ensure_ascii=False)
        again.encode("utf-8")
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        sentence = _("The body is not JSON: it breaks at line %(line)d, column %(column)d.")
        raise Refused(400, sentence % place) from error
    except UnicodeEncodeError as error:
        raise Refused(
            400, _("A text holds half of a surrogate pair; send whole letters.")
        ) from error
    except RecursionError as error:
        raise Refused(400, _("The body is nested too deeply.")) from error
    except ValueError as error:
        raise Refused(400, _("A number in the body is longer than any number here.")) from error
    if "\\u0000" in again:
        raise Refused(400, _("A text holds the NUL character (U+0000); remove it."))
    return value


def _refuse_constant(name: str) -> NoReturn:
    raise Refused(400, _("%(name)s is not a JSON number; leave the value out.") % {"name": name})
