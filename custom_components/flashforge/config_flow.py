"""Setting up a printer: found or typed in, one check code, done."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, Final, override

from homeassistant.config_entries import (
    ConfigEntry,
    ConfigFlow,
    ConfigFlowResult,
    OptionsFlowWithReload,
)
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT, Platform
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr, entity_registry as er
from homeassistant.helpers.aiohttp_client import async_get_clientsession
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.typing import DiscoveryInfoType
import probatio

from .api.connect import Access
from .api.errors import OtherPrinterError, WrongSerialError
from .api.http.requests import normalize_serial
from .api.identity import Identity
from .api.models.catalog import GENERIC, by_pid
from .api.network.address import AddressError
from .api.network.doctor import UNSUPPORTED, Finding, Step, diagnose, first_problem
from .api.network.examination import Examination, examine
from .api.texts import one_line
from .const import CONF_CHECK_CODE, CONF_PRODUCT_ID, CONF_SERIAL_NUMBER, DOMAIN
from .discovery.candidate import Candidate
from .discovery.search import async_get_scanner
from .forms import (
    CODE_SCHEMA,
    CONF_PRINTER,
    MANUAL,
    MANUAL_SCHEMA,
    RECONFIGURE_SCHEMA,
    SECTION_ADVANCED,
    SERIAL_SCHEMA,
    options_schema,
    printer_schema,
    typed_address,
)
from .plain_text import plain_texts
from .printer.facts import access_of

INVALID_ADDRESS: Final = "invalid_address"
ADDRESS_CHANGED: Final = "address_changed"
"""Errors of forms: what was typed is no address, and the printer was given another one
while the form was open."""


class FlashForgeConfigFlow(ConfigFlow, domain=DOMAIN):
    """Set up a printer, and mend the set-up of one."""

    VERSION = 1
    MINOR_VERSION = 1

    _candidate: Candidate
    _check_code = ""
    _found: Mapping[str, Candidate]
    _scan: asyncio.Task[dict[str, Candidate]] | None = None
    _address_typed = False
    _shown: tuple[object, object] | None = None
    _serial_typed = False

    @staticmethod
    @callback
    @override
    def async_get_options_flow(config_entry: ConfigEntry) -> FlashForgeOptionsFlow:
        """Return the flow that asks for the options."""
        return FlashForgeOptionsFlow()

    # --- finding a printer --------------------------------------------------------

    @override
    async def async_step_user(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Search, then let the person choose."""
        if self._scan is None:
            self._scan = self.hass.async_create_task(
                async_get_scanner(self.hass).async_scan()
            )
        if not self._scan.done():
            return self._show_scan(self._scan)
        if user_input is not None:
            if user_input[CONF_PRINTER] == MANUAL:
                return await self.async_step_manual()
            return await self._async_take(self._found[user_input[CONF_PRINTER]])
        configured = self._async_current_ids(include_ignore=False)
        self._found = {
            serial: candidate
            for serial, candidate in self._scan.result().items()
            if serial not in configured
        }
        if not self._found:
            return await self.async_step_manual()
        return self.async_show_form(
            step_id="user", data_schema=printer_schema(self._found.values())
        )

    async def async_step_scan(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Go on when the search is done."""
        assert self._scan is not None
        if not self._scan.done():
            return self._show_scan(self._scan)
        return self.async_show_progress_done(next_step_id="user")

    @callback
    def _show_scan(self, scan: asyncio.Task[Any]) -> ConfigFlowResult:
        return self.async_show_progress(
            step_id="scan", progress_action="scan", progress_task=scan
        )

    async def async_step_manual(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the address, and the printer there for its serial number."""
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
            seen = await self._async_examine(
                Access(host=address.host, port=address.port)
            )
            problem = first_problem(diagnose(seen))
            if problem is None:
                return await self._async_take_typed(seen)
            if problem.problem == UNSUPPORTED:
                return self.async_abort(
                    reason=UNSUPPORTED,
                    description_placeholders=plain_texts(problem.facts),
                )
            errors, placeholders = _form_error(problem)
        return self._show_manual(user_input, errors, placeholders)

    @callback
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

    async def _async_take_typed(self, seen: Examination) -> ConfigFlowResult:
        """Go on with the printer at a typed address."""
        host, port = seen.access.host, seen.access.port
        told = (
            Candidate(host=host)
            if seen.announced is None
            else Candidate.found(seen.announced)
        )
        self._address_typed = True
        return await self._async_take(replace(told, host=host, port=port))

    async def _async_examine(self, access: Access) -> Examination:
        """Ask the printer at an address what keeps us from it."""
        return await examine(async_get_clientsession(self.hass), access)

    async def async_step_serial(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the serial number that the printer did not tell."""
        if user_input is None:
            return self._show_serial()
        self._serial_typed = True
        serial = normalize_serial(user_input[CONF_SERIAL_NUMBER])
        return await self._async_take(replace(self._candidate, serial=serial))

    @callback
    def _show_serial(self, errors: dict[str, str] | None = None) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="serial",
            data_schema=self.add_suggested_values_to_schema(
                SERIAL_SCHEMA, _typed(CONF_SERIAL_NUMBER, self._candidate.serial)
            ),
            description_placeholders=plain_texts({"host": self._candidate.host}),
            errors=errors,
        )

    # --- the check code -----------------------------------------------------------

    async def _async_take(self, candidate: Candidate) -> ConfigFlowResult:
        """Go on with a printer: ask for the serial number unless it told that."""
        self._candidate = candidate
        if not candidate.serial:
            return await self.async_step_serial()
        await self.async_set_unique_id(candidate.serial, raise_on_progress=False)
        self._abort_if_unique_id_configured()
        return await self.async_step_code()

    async def async_step_code(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the check code and try it."""
        if user_input is None:
            return self._show_code()
        self._check_code = user_input[CONF_CHECK_CODE].strip()
        if await self._async_has_moved():
            # The person decides whether the code may go to another address.
            return self._show_code({"base": ADDRESS_CHANGED})
        candidate = self._candidate
        seen = await self._async_examine(
            Access(
                host=candidate.host,
                port=candidate.port,
                serial=candidate.serial,
                check_code=self._check_code,
            )
        )
        problem = first_problem(diagnose(seen))
        if problem is None:
            return self._create_entry(seen.identity)
        if problem.step is Step.IDENTITY and self._serial_typed:
            return self._show_serial({CONF_SERIAL_NUMBER: WrongSerialError.key})
        return self._show_code(*_form_error(problem))

    @callback
    def _show_code(
        self,
        errors: dict[str, str] | None = None,
        placeholders: Mapping[str, str] = MappingProxyType({}),
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="code",
            data_schema=self.add_suggested_values_to_schema(
                CODE_SCHEMA, _typed(CONF_CHECK_CODE, self._check_code)
            ),
            description_placeholders=plain_texts(
                {
                    "printer": self._candidate.title,
                    "host": self._candidate.host,
                    **placeholders,
                }
            ),
            errors=errors,
        )

    async def _async_has_moved(self) -> bool:
        """Take note of another address, and return whether there is one.

        A discovered printer may wait for weeks until somebody sets it up.
        """
        if self._address_typed:
            return False
        shown = self._candidate
        self._candidate = await async_get_scanner(self.hass).async_newest(shown)
        return self._candidate is not shown

    @callback
    def _create_entry(self, identity: Identity) -> ConfigFlowResult:
        candidate = self._candidate
        model = by_pid(identity.pid)
        return self.async_create_entry(
            title=one_line(identity.name or "")
            or candidate.name
            or (one_line(identity.model_name or "") if model is GENERIC else "")
            or model.name,
            data={
                CONF_HOST: candidate.host,
                CONF_PORT: candidate.port,
                CONF_SERIAL_NUMBER: candidate.serial,
                CONF_CHECK_CODE: self._check_code,
                CONF_PRODUCT_ID: identity.pid or candidate.pid,
                CONF_MAC: _mac(identity),
            },
        )

    # --- discovery ----------------------------------------------------------------

    @override
    async def async_step_integration_discovery(
        self, discovery_info: DiscoveryInfoType
    ) -> ConfigFlowResult:
        """Offer a printer that the search in the background found."""
        return await self._async_offer(Candidate.from_discovery_info(discovery_info))

    async def _async_offer(self, candidate: Candidate) -> ConfigFlowResult:
        """Offer a printer that was found, unless it is known or ignored."""
        entry = await self.async_set_unique_id(candidate.serial)
        if entry is not None:
            return self.async_abort(reason="already_configured")
        self._candidate = candidate
        self.context["title_placeholders"] = plain_texts(
            {"name": candidate.title, "model": candidate.model}
        )
        return await self.async_step_code()

    @override
    async def async_step_dhcp(
        self, discovery_info: DhcpServiceInfo
    ) -> ConfigFlowResult:
        """Follow a printer that we know to the address it was given, offer a new one."""
        mac = dr.format_mac(discovery_info.macaddress)
        scanner = async_get_scanner(self.hass)
        for entry in self._async_current_entries(include_ignore=False):
            known = access_of(entry).mac
            if known is not None and dr.format_mac(known) == mac:
                await scanner.async_seen(entry, discovery_info.ip)
                return self.async_abort(reason="already_configured")
        candidate = await scanner.async_recognize(discovery_info.ip)
        if candidate is None:
            return self.async_abort(reason="unknown_device")
        for entry in self._async_current_entries(include_ignore=False):
            if entry.unique_id == candidate.serial:
                # Its MAC is another one now, or was not known yet.
                await scanner.async_seen(entry, discovery_info.ip)
                return self.async_abort(reason="already_configured")
        if not await scanner.offers.async_make_room(1):
            return self.async_abort(reason="unknown_device")
        return await self._async_offer(candidate)

    # --- mending ------------------------------------------------------------------

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for the check code again: the printer refuses the one that we have."""
        return await self.async_step_reauth_confirm()

    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the check code and try it."""
        return await self._async_mend(
            self._get_reauth_entry(), "reauth_confirm", CODE_SCHEMA, user_input
        )

    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask where the printer is and for its check code, and try that."""
        return await self._async_mend(
            self._get_reconfigure_entry(), "reconfigure", RECONFIGURE_SCHEMA, user_input
        )

    async def _async_mend(
        self,
        entry: ConfigEntry,
        step_id: str,
        schema: probatio.Schema,
        user_input: dict[str, Any] | None,
    ) -> ConfigFlowResult:
        """Show a form until the printer of the entry accepts what is typed."""
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        known = access_of(entry)
        host, port = known.host, known.port
        shown, self._shown = self._shown, (host, port)
        if user_input is None:
            pass
        elif CONF_HOST not in user_input and shown != self._shown:
            # The person decides whether the code may go to another address.
            errors = {"base": ADDRESS_CHANGED}
        else:
            try:
                access = _access(entry, user_input)
            except AddressError:
                errors = {CONF_HOST: INVALID_ADDRESS}
            else:
                seen = await self._async_examine(access)
                problem = first_problem(diagnose(seen))
                if problem is None:
                    return self.async_update_reload_and_abort(
                        entry, data_updates=_learned(access, seen.identity)
                    )
                errors, placeholders = _form_error(problem)
        address = {CONF_HOST: host, SECTION_ADVANCED: {CONF_PORT: port}}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                schema, user_input or address
            ),
            description_placeholders=plain_texts(
                # Home Assistant would add the name by itself, and not plainly.
                {
                    "printer": entry.title,
                    "name": entry.title,
                    "host": host,
                    **placeholders,
                }
            ),
            errors=errors,
        )


class FlashForgeOptionsFlow(OptionsFlowWithReload):
    """Say what a printer does not say of itself."""

    async def async_step_init(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for all options."""
        if user_input is not None:
            return self.async_create_entry(data=user_input)
        return self.async_show_form(
            step_id="init",
            data_schema=self.add_suggested_values_to_schema(
                options_schema(self._own_cameras()), self.config_entry.options
            ),
        )

    def _own_cameras(self) -> list[str]:
        """Return the cameras of all printers."""
        return [
            entity.entity_id
            for entity in er.async_get(self.hass).entities.values()
            if (entity.platform, entity.domain) == (DOMAIN, Platform.CAMERA)
        ]


def _form_error(problem: Finding) -> tuple[dict[str, str], dict[str, str]]:
    """Return a form's error and the facts in its text, where the serial is known.

    A printer that says that it has another serial is then another printer.
    """
    is_other = problem.step is Step.IDENTITY
    key = OtherPrinterError.key if is_other else problem.problem
    return {"base": key}, dict(problem.facts)


def _typed(field: str, value: str) -> dict[str, str]:
    """Return what a form starts with, nothing while nothing was typed."""
    return {field: value} if value else {}


def _mac(identity: Identity) -> str | None:
    return None if identity.mac is None else dr.format_mac(identity.mac)


def _access(entry: ConfigEntry, typed: Mapping[str, Any]) -> Access:
    """Return how to reach the printer of an entry: as typed, else as it was.

    Raises ``AddressError`` when no address was typed where one should be.
    """
    known = access_of(entry)
    host, port = known.host, known.port
    if CONF_HOST in typed:
        address = typed_address(typed)
        host, port = address.host, address.port
    return replace(
        known,
        host=host,
        port=port,
        check_code=typed.get(CONF_CHECK_CODE, "").strip() or known.check_code,
    )


def _learned(access: Access, identity: Identity) -> dict[str, Any]:
    """Return what to write into the entry of a printer that answered."""
    told = {CONF_PRODUCT_ID: identity.pid, CONF_MAC: _mac(identity)}
    return {
        CONF_HOST: access.host,
        CONF_PORT: access.port,
        CONF_CHECK_CODE: access.check_code,
        **{key: value for key, value in told.items() if value is not None},
    }
