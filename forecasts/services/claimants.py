"""Whoever an imported forecast is said to be by: found in the record, or entered."""

import secrets

from sqlmodel import col, select

from db.tables import Forecaster
from forecasts.errors import InvalidInput
from forecasts.exchange.claims import Claim
from forecasts.services.acts import Record, key_of, person, source
from forecasts.services.inputs import check_line
from forecasts.services.roles import PROVIDER_MARK


class Claimants:
    """The forecasters of one import, each looked up once."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._known: dict[tuple[str, str, str], int] = {}

    def find(self, claim: Claim) -> int:
        """The id of the claim's forecaster. Raises InvalidInput if it is nobody or several."""
        who = (claim.kind, claim.forecaster, claim.publisher)
        if who not in self._known:
            self._known[who] = self._find(claim)
        return self._known[who]

    def _find(self, claim: Claim) -> int:
        name = check_line("forecaster", claim.forecaster)
        if claim.kind == "source":
            publisher = check_line("publisher", claim.publisher, required=False)
            return source(self.record, name, publisher)
        return self._model(name) if claim.kind == "model" else self._person(name)

    def _model(self, name: str) -> int:
        who = Forecaster
        query = select(who).where(col(who.kind) == "model", col(who.name) == name)
        found = self.record.session.exec(query).first()
        return key_of(
            found
            or self.record.add(
                who(
                    handle=f"m_{secrets.token_hex(8)}",
                    kind="model",
                    name=name,
                    recorded_at=self.record.now,
                )
            )
        )

    def _person(self, name: str) -> int:
        who = Forecaster
        persons = select(who).where(col(who.kind) == "person")
        for column in (col(who.login), col(who.name)):
            rows = self.record.session.exec(persons.where(column == name)).all()
            if len(rows) == 1:
                return key_of(rows[0])
            if rows:
                raise InvalidInput("forecaster", name, "several have this name; write the login")
        if PROVIDER_MARK in name:
            raise InvalidInput("forecaster", name, "is no login that this record knows")
        return person(self.record, name)
