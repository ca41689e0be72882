"""What a role cannot do is not offered. A courtesy: the services are what refuses."""

from dashboard.context import may, my_role
from dashboard.widgets.parts import note
from forecasts.services.roles import LEAST_ROLE


def allowed(kind: str, doing: str) -> bool:
    """Whether acts of this kind are offered; if not, a line says which role ``doing`` needs."""
    if may(kind):
        return True
    note(f"{doing} needs the role {LEAST_ROLE[kind]}; yours is {my_role()}.")
    return False
