"""A kept file sent to a person: always as a download, never as something the browser runs."""

from django.http import FileResponse, Http404
from django.utils.translation import gettext as _

from mainstay.customers.talks import files


def download(attachment: files.HasPlace) -> FileResponse:
    path = files.path_of(attachment.place)
    if not path.is_file():
        raise Http404(_("This file is no longer kept."))
    answer = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=attachment.name,
        content_type="application/octet-stream",
    )
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cache-Control"] = "private, no-store"
    return answer
