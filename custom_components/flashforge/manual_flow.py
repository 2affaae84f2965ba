"""Setting up a printer by its address, and one that needs no code."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from homeassistant.config_entries import ConfigFlowResult
from homeassistant.const import CONF_HOST
from homeassistant.data_entry_flow import AbortFlow
import probatio

from .adopt_flow import AdoptFlow
from .api import HTTP_PORT, Access, OtherPrinterError, Protocol
from .api.errors import UnreachableError
from .api.lines.channel import standard_port
from .api.network.address import AddressError, Place
from .api.network.doctor import UNSUPPORTED, Finding, diagnose, first_problem
from .api.network.examination import NO_PRINTER, Examination
from .const import CONF_CHECK_CODE, CONF_LOGS_IN, CONF_PROTOCOL
from .discovery.candidate import Candidate
from .discovery.line_printers import async_polled_at
from .forms import MANUAL_SCHEMA, typed_address
from .plain_text import plain_texts
from .printer.handover import async_hand_over
from .reconfigure_flow import INVALID_ADDRESS, form_error

NO_IDENTITY = "no_identity"
"""Why a printer cannot be set up: it reports neither serial number nor MAC address."""


class ManualFlow(AdoptFlow):
    """The steps for a typed address, and for a printer that only speaks lines."""

    _found: Mapping[str, Candidate]
    _address_typed = False

    @abstractmethod
    async def _async_take(self, candidate: Candidate) -> ConfigFlowResult:
        """Continue with a printer; ask for its serial number if that is not known."""

    async def async_step_manual(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the address, and examine the printer there."""
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        if user_input is None:
            if not self._found:
                errors["base"] = "nothing_found"
        else:
            try:
                address = typed_address(user_input)
            except AddressError:
                return self._show_manual(user_input, {CONF_HOST: INVALID_ADDRESS})
            seen, problem = await self._async_examine_place(address)
            if problem is None:
                return await self._async_take_examined(seen)
            if problem.problem == UNSUPPORTED:
                return self.async_abort(
                    reason=UNSUPPORTED,
                    description_placeholders=plain_texts(problem.facts),
                )
            errors, placeholders = form_error(problem)
        return self._show_manual(user_input, errors, placeholders)

    def _show_manual(
        self,
        user_input: dict[str, Any] | None,
        errors: dict[str, str],
        placeholders: Mapping[str, str] = MappingProxyType({}),
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="manual",
            data_schema=self.add_suggested_values_to_schema(MANUAL_SCHEMA, user_input),
            description_placeholders=plain_texts(placeholders),
            errors=errors,
        )

    async def _async_examine_place(
        self, place: Place
    ) -> tuple[Examination, Finding | None]:
        """Return what is at an address, and what is wrong there.

        A printer that does not answer over HTTP may speak the line protocol; on the port
        of that, nothing else is tried, because it would confuse such a printer.
        """
        if place.port == standard_port():
            spoken = await self._async_examine_lines(place.host)
            if not isinstance(spoken.outcome, OtherPrinterError):
                return _judged(spoken)
            # A printer with HTTP has this port as well.
            place = Place(place.host, HTTP_PORT)
            return _judged(await self._async_examine(_by_http(place)))
        seen = await self._async_examine(_by_http(place))
        if not isinstance(seen.outcome, NO_PRINTER) or place.port != HTTP_PORT:
            return _judged(seen)
        spoken = await self._async_examine_lines(place.host)
        return _judged(spoken if _counts(spoken, seen) else seen)

    async def _async_examine_lines(self, host: str) -> Examination:
        """Examine the line port at an address, unless its printer is set up."""
        if async_polled_at(self.hass, host, standard_port()) is not None:
            # A second conversation could break an upload.
            raise AbortFlow("already_configured")
        return await self._async_examine(_by_lines(host))

    async def _async_take_examined(self, seen: Examination) -> ConfigFlowResult:
        self._address_typed = True
        candidate = Candidate.examined(seen)
        if candidate.protocol == Protocol.HTTP:
            return await self._async_take(candidate)
        if not candidate.serial:
            return self.async_abort(reason=NO_IDENTITY)
        await self.async_set_unique_id(candidate.serial, raise_on_progress=False)
        self._abort_if_unique_id_configured()
        self._candidate = candidate
        return await self._async_finish_lines(seen)

    async def async_step_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether to set up a printer that needs no code, and examine it."""
        errors: dict[str, str] = {}
        facts: Mapping[str, str] = {}
        candidate = self._candidate
        if user_input is not None:
            seen = await self._async_examine(
                Access(
                    host=candidate.host,
                    port=candidate.port,
                    serial=candidate.serial,
                    pid=candidate.pid,
                    protocol=Protocol.TCP,
                )
            )
            problem = first_problem(diagnose(seen))
            if problem is None:
                return await self._async_finish_lines(seen)
            errors, facts = form_error(problem)
        return self.async_show_form(
            step_id="confirm",
            data_schema=probatio.Schema({}),
            description_placeholders=plain_texts(
                {"printer": candidate.title, "host": candidate.host, **facts}
            ),
            errors=errors,
        )

    async def _async_finish_lines(self, seen: Examination) -> ConfigFlowResult:
        """Finish the set-up of a printer that needs no code."""
        async_hand_over(self.hass, self._candidate.serial, seen)
        logs_in = seen.printer is not None and seen.printer.logs_in
        pid = self._candidate.pid or seen.identity.pid
        return await self._async_finish(
            replace(seen.identity, pid=pid),
            {
                CONF_CHECK_CODE: "",
                CONF_PROTOCOL: Protocol.TCP.value,
                CONF_LOGS_IN: logs_in,
            },
        )


def _by_http(place: Place) -> Access:
    return Access(host=place.host, port=place.port or HTTP_PORT)


def _by_lines(host: str) -> Access:
    return Access(host=host, port=standard_port(), protocol=Protocol.TCP)


def _judged(seen: Examination) -> tuple[Examination, Finding | None]:
    return seen, first_problem(diagnose(seen))


def _counts(spoken: Examination, seen: Examination) -> bool:
    """Return whether the answer on the line port says more than the silence over HTTP."""
    if isinstance(spoken.outcome, OtherPrinterError):
        # A printer with HTTP, which is off.
        return False
    announced = seen.announced
    is_old = announced is not None and announced.model.protocol is Protocol.TCP
    return is_old or not isinstance(spoken.outcome, UnreachableError)
