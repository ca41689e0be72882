"""Who is in the record, and what each of them may do."""

from dashboard import formats
from dashboard.context import database, my_id
from dashboard.widgets.parts import note, page_head, table
from dashboard.widgets.people.parts import HEAD, person_row, role_form
from dashboard.widgets.report_button import forecaster_reports
from forecasts.views.people import people
from forecasts.views.questions import facets

with database() as session:
    everyone, choices = people(session), facets(session)

given = sum(one.role is not None for one in everyone)
page_head(
    f"{formats.count(len(everyone), 'person', 'people')}, {given:,} with a role given"
    if everyone
    else "Nobody has acted on this record yet",
    "Viewers look; forecasters forecast, comment and accept statements; resolvers settle "
    "questions; admins give roles. Each may do what those before may.",
)
if everyone:
    forecaster_reports(choices)
    table(HEAD, [person_row(one, mine=one.id == my_id()) for one in everyone])
if not given:
    note("There is no admin yet. The operator names the first one: forecasts role LOGIN admin.")
if everyone:
    role_form(everyone)
