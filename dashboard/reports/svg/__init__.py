"""A chart as SVG, drawn from its Plotly figure without a browser.

Only what the charts of this desk are made of is drawn; anything else is refused, so that a report
never leaves out a part of a chart without a word.
"""

from dashboard.reports.svg.drawing import svg

__all__ = ["svg"]
