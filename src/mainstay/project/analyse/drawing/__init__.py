"""Draw the chart specifications of `mainstay.analysis.charts` as SVG, in milliseconds.

Only what those specifications use is known; anything else raises. Text and axes take the page's
colour, so one drawing serves light and dark.
"""

from mainstay.project.analyse.drawing.picture import draw

__all__ = ["draw"]
