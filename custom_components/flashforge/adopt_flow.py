"""Asking for what another integration did not know, and offering what it left."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, override

from homeassistant.config_entries import SOURCE_REAUTH, ConfigEntry, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT

from .api import Access, Identity
from .api.http.requests import normalize_serial
from .api.network.address import AddressError
from .api.network.doctor import diagnose, first_problem
from .const import CONF_CHECK_CODE, CONF_PRODUCT_ID, CONF_SERIAL_NUMBER
from .discovery.candidate import Candidate
from .forms import ADOPT_SCHEMA, CODE_SCHEMA, typed_address
from .plain_text import plain_texts
from .printer.facts import is_ours
from .reconfigure_flow import INVALID_ADDRESS, ReconfigureFlow, form_error, mac_of
from .takeover.importing import CONF_IMPORT, async_find_import
from .takeover.leftovers import lacks_code
from .takeover.move import async_adopt, is_taken
from .takeover.shapes import Left, left_by

SERIAL_NEEDED: Final = "serial_needed"
"""Error of a form: the printer does not report its serial number."""

_DASHBOARDS = "/config/lovelace/dashboards"
"""Where Home Assistant adds dashboards."""


class AdoptFlow(ReconfigureFlow):
    """The steps for what another integration left."""

    _candidate: Candidate
    _identity = Identity()
    _access: Mapping[str, Any] = MappingProxyType({})
    _other: ConfigEntry | None = None

    # --- an entry of our domain -----------------------------------------------------

    @override
    async def async_step_reauth_confirm(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the check code, or for all that is missing."""
        entry = self._get_reauth_entry()
        if not is_ours(entry):
            return await self.async_step_adopt()
        if lacks_code(entry):
            return await self.async_step_first_code()
        return await super().async_step_reauth_confirm(user_input)

    async def async_step_first_code(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the check code that the other integration did not have."""
        return await self._async_mend(
            self._get_reauth_entry(), "first_code", CODE_SCHEMA, user_input
        )

    @override
    async def async_step_reconfigure(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the address and the check code, or for all that is missing."""
        if not is_ours(self._get_reconfigure_entry()):
            return await self.async_step_adopt()
        return await super().async_step_reconfigure(user_input)

    async def async_step_adopt(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for everything, find the printer, and make the entry ours."""
        entry = (
            self._get_reauth_entry()
            if self.source == SOURCE_REAUTH
            else self._get_reconfigure_entry()
        )
        left = left_by(entry)
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        if user_input is not None:
            try:
                place = typed_address(user_input)
            except AddressError:
                errors = {CONF_HOST: INVALID_ADDRESS}
            else:
                access = Access(
                    host=place.host,
                    port=place.port,
                    serial=normalize_serial(user_input.get(CONF_SERIAL_NUMBER, "")),
                    check_code=user_input[CONF_CHECK_CODE].strip(),
                )
                result = await self._async_adopt(entry, left, access)
                if not isinstance(result, tuple):
                    return result
                errors, placeholders = result
        known = {
            CONF_HOST: left.host,
            CONF_SERIAL_NUMBER: left.serial,
            CONF_CHECK_CODE: left.check_code,
        }
        return self.async_show_form(
            step_id="adopt",
            data_schema=self.add_suggested_values_to_schema(
                ADOPT_SCHEMA,
                user_input or {key: value for key, value in known.items() if value},
            ),
            description_placeholders=plain_texts(
                {"name": entry.title or left.host, **placeholders}
            ),
            errors=errors,
        )

    async def _async_adopt(
        self, entry: ConfigEntry, left: Left, access: Access
    ) -> ConfigFlowResult | tuple[dict[str, str], dict[str, str]]:
        """Make the entry ours if its printer accepts what was entered, else say why not."""
        seen = await self._async_examine(access)
        if not access.serial and first_problem(diagnose(seen)) is None:
            if seen.announced_serial is None:
                return {CONF_SERIAL_NUMBER: SERIAL_NEEDED}, {}
            seen = await self._async_examine(
                Access(
                    host=access.host,
                    port=access.port,
                    serial=seen.announced_serial,
                    check_code=access.check_code,
                )
            )
        if (problem := first_problem(diagnose(seen))) is not None:
            return form_error(problem)
        access = seen.access
        if is_taken(self.hass, entry, access.serial):
            return self.async_abort(reason="already_configured")
        async_adopt(
            self.hass,
            entry,
            Left(
                host=access.host,
                port=access.port,
                serial=access.serial,
                check_code=access.check_code,
                has_light=left.has_light,
            ),
        )
        told = {CONF_PRODUCT_ID: seen.identity.pid, CONF_MAC: mac_of(seen.identity)}
        return self.async_update_reload_and_abort(entry, data_updates=told)

    # --- an entry of another domain ---------------------------------------------------

    async def _async_finish(
        self, identity: Identity, access: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Create the entry; ask before if another integration has the same printer."""
        self._identity, self._access = identity, access
        candidate = self._candidate
        self._other = await async_find_import(
            self.hass, candidate.serial, candidate.host
        )
        if self._other is None:
            return self._create_entry()
        return await self.async_step_other_integration()

    async def async_step_other_integration(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask whether to take over from the other integration."""
        assert self._other is not None
        return self.async_show_menu(
            step_id="other_integration",
            menu_options=["take_over", "begin_anew"],
            description_placeholders=plain_texts(
                {
                    "printer": self._candidate.title,
                    "other": self._other.title or self._other.domain,
                    "domain": self._other.domain,
                }
            ),
        )

    async def async_step_take_over(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Create the entry, which takes over from the other one."""
        return self._create_entry(self._other)

    async def async_step_begin_anew(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Create the entry beside the other one."""
        return self._create_entry()

    def _create_entry(self, other: ConfigEntry | None = None) -> ConfigFlowResult:
        candidate, identity = self._candidate, self._identity
        return self.async_create_entry(
            title=candidate.entry_title(identity),
            data={
                CONF_HOST: candidate.host,
                CONF_PORT: candidate.port,
                CONF_SERIAL_NUMBER: candidate.serial,
                CONF_PRODUCT_ID: identity.pid or candidate.pid,
                CONF_MAC: mac_of(identity),
                **self._access,
                **({} if other is None else {CONF_IMPORT: other.entry_id}),
            },
            description_placeholders=plain_texts({"dashboards": _DASHBOARDS}),
        )
