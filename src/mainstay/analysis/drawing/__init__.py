"""Draw the chart specifications of `mainstay.analysis.charts` as SVG, in milliseconds.

Only what the specifications of the house use is known; anything else raises. Text and axes take the
page's colour, so one drawing serves light and dark; `style` brings rules of its own for paper.
"""

from mainstay.analysis.drawing.picture import draw

__all__ = ["draw"]
