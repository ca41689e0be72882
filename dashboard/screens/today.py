"""What is due, what is waiting, and how good the forecasts were."""

from dashboard.context import database, me
from dashboard.widgets.ledger import record_line
from dashboard.widgets.parts import page_head
from dashboard.widgets.today.coherence import contradictions_part
from dashboard.widgets.today.items import section, waiting
from dashboard.widgets.today.parts import guidance, sources_strip, strip, today_heading, today_line
from forecasts import clock
from forecasts.views.coherence import contradictions, not_checked
from forecasts.views.today import today

with database() as session:
    view = today(session, me=me(), now=clock.now())
    clashes = contradictions(session, me=me(), now=view.now)
    unchecked = not_checked(session, open_at=view.now)

page_head(today_heading(view, len(clashes)), today_line(view))
if view.my_forecasts:
    strip(view)
else:
    guidance(view)
    sources_strip(view)
section("Due for resolution", view.due, due=True)
section("Closing within 7 days", view.closing)
section("Gone stale", view.stale)
contradictions_part(clashes, unchecked)
waiting(view.inbox)
section("Far from the crowd", view.far)
section("Moved", view.moved)
section("Without a forecast of yours", view.unforecast)
record_line()
