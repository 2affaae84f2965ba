"""Setting up a printer: choose it or enter its address, then its check code."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any, override

from homeassistant.config_entries import ConfigEntry, ConfigFlowResult
from homeassistant.core import callback
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.service_info.dhcp import DhcpServiceInfo
from homeassistant.helpers.typing import DiscoveryInfoType

from .api import Access, Protocol, WrongSerialError
from .api.http.requests import normalize_serial
from .api.network.doctor import Step, diagnose, first_problem
from .const import CONF_CHECK_CODE, CONF_SERIAL_NUMBER, DOMAIN
from .discovery.candidate import Candidate
from .discovery.search import async_get_scanner
from .forms import (
    CODE_SCHEMA,
    CONF_PRINTER,
    MANUAL,
    SERIAL_SCHEMA,
    printer_schema,
    suggested,
)
from .manual_flow import ManualFlow
from .options_flow import FlashForgeOptionsFlow
from .plain_text import plain_texts
from .printer.facts import access_of, is_ours
from .printer.handover import async_hand_over
from .reconfigure_flow import ADDRESS_CHANGED, form_error
from .takeover.move import ENTRY_MINOR_VERSION


class FlashForgeConfigFlow(ManualFlow, domain=DOMAIN):
    """Set up a printer, and change the set-up of one."""

    VERSION = 1
    MINOR_VERSION = ENTRY_MINOR_VERSION

    _check_code = ""
    _scan: asyncio.Task[dict[str, Candidate]] | None = None
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
        """Search, then let the user choose."""
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
        """Continue when the search is done."""
        assert self._scan is not None
        if not self._scan.done():
            return self._show_scan(self._scan)
        return self.async_show_progress_done(next_step_id="user")

    def _show_scan(self, scan: asyncio.Task[Any]) -> ConfigFlowResult:
        return self.async_show_progress(
            step_id="scan", progress_action="scan", progress_task=scan
        )

    async def async_step_serial(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the serial number that the printer does not report."""
        if user_input is None:
            return self._show_serial()
        self._serial_typed = True
        serial = normalize_serial(user_input[CONF_SERIAL_NUMBER])
        return await self._async_take(replace(self._candidate, serial=serial))

    def _show_serial(self, errors: dict[str, str] | None = None) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="serial",
            data_schema=self.add_suggested_values_to_schema(
                SERIAL_SCHEMA, suggested(CONF_SERIAL_NUMBER, self._candidate.serial)
            ),
            description_placeholders=plain_texts({"host": self._candidate.host}),
            errors=errors,
        )

    # --- the check code -----------------------------------------------------------

    @override
    async def _async_take(self, candidate: Candidate) -> ConfigFlowResult:
        self._candidate = candidate
        if not candidate.serial:
            return await self.async_step_serial()
        await self.async_set_unique_id(candidate.serial, raise_on_progress=False)
        self._abort_if_unique_id_configured()
        if candidate.protocol == Protocol.TCP:
            # It was chosen, and there is nothing more to ask.
            return await self.async_step_confirm({})
        return await self.async_step_code()

    async def async_step_code(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the check code and try it."""
        if user_input is None:
            return self._show_code()
        self._check_code = user_input[CONF_CHECK_CODE].strip()
        if await self._async_has_moved():
            # The user decides whether the code may be sent to another address.
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
            async_hand_over(self.hass, candidate.serial, seen)
            return await self._async_finish(
                seen.identity, {CONF_CHECK_CODE: self._check_code}
            )
        if problem.step is Step.IDENTITY and self._serial_typed:
            return self._show_serial({CONF_SERIAL_NUMBER: WrongSerialError.key})
        return self._show_code(*form_error(problem))

    def _show_code(
        self,
        errors: dict[str, str] | None = None,
        placeholders: Mapping[str, str] = MappingProxyType({}),
    ) -> ConfigFlowResult:
        return self.async_show_form(
            step_id="code",
            data_schema=self.add_suggested_values_to_schema(
                CODE_SCHEMA, suggested(CONF_CHECK_CODE, self._check_code)
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
        """Return whether the printer has another address now, and use that one.

        A discovered printer may wait for weeks until it is set up.
        """
        if self._address_typed:
            return False
        shown = self._candidate
        self._candidate = await async_get_scanner(self.hass).async_newest(shown)
        return self._candidate is not shown

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
        if candidate.protocol == Protocol.TCP:
            return await self.async_step_confirm()
        return await self.async_step_code()

    @override
    async def async_step_dhcp(
        self, discovery_info: DhcpServiceInfo
    ) -> ConfigFlowResult:
        """Follow a known printer to its new address, offer an unknown one."""
        mac = dr.format_mac(discovery_info.macaddress)
        scanner = async_get_scanner(self.hass)
        ours = list(filter(is_ours, self._async_current_entries(include_ignore=False)))
        for entry in ours:
            known = access_of(entry).mac
            if known is not None and dr.format_mac(known) == mac:
                await scanner.async_seen(entry, discovery_info.ip)
                return self.async_abort(reason="already_configured")
        candidate = await scanner.async_recognize(discovery_info.ip)
        if candidate is None:
            return self.async_abort(reason="unknown_device")
        for entry in ours:
            if entry.unique_id == candidate.serial:
                # Its MAC has changed, or was not known yet.
                await scanner.async_seen(entry, discovery_info.ip)
                return self.async_abort(reason="already_configured")
        if not await scanner.offers.async_make_room(1):
            return self.async_abort(reason="unknown_device")
        return await self._async_offer(candidate)
