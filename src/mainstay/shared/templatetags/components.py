"""Components that stand around other content."""

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_block_tag
def card(content: SafeString, title: str = "", text: str = "", flush: bool = False) -> SafeString:
    """Draw a card around the content; `flush` lets a table reach its edges."""
    # What scrolls must be reachable by keyboard; a table with its own frame already is.
    scrolls = flush and 'tabindex="0"' not in content
    around = {"content": content, "title": title, "text": text, "flush": flush, "scrolls": scrolls}
    return render_to_string("shared/components/card.html", around)
