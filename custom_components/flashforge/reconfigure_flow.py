"""Changing the address or the check code of a printer that is set up."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from homeassistant.config_entries import ConfigEntry, ConfigFlow, ConfigFlowResult
from homeassistant.const import CONF_HOST, CONF_MAC, CONF_PORT
from homeassistant.helpers import device_registry as dr
from homeassistant.helpers.aiohttp_client import async_get_clientsession
import probatio

from .api import Access, Identity, OtherPrinterError, Protocol
from .api.network.address import AddressError
from .api.network.doctor import Finding, Step, diagnose, first_problem
from .api.network.examination import Examination, examine
from .const import CONF_CHECK_CODE, CONF_PRODUCT_ID
from .forms import (
    ADDRESS_SCHEMA,
    CODE_SCHEMA,
    RECONFIGURE_SCHEMA,
    SECTION_ADVANCED,
    typed_address,
)
from .plain_text import plain_texts
from .printer.facts import access_of

INVALID_ADDRESS: Final = "invalid_address"
"""Error of a form: the text is not an address."""

ADDRESS_CHANGED: Final = "address_changed"
"""Error of a form: the printer got another address while the form was open."""


class ReconfigureFlow(ConfigFlow):
    """The steps for a printer that is set up already."""

    _shown: tuple[object, object] | None = None

    async def _async_examine(self, access: Access) -> Examination:
        """Examine the printer at an address."""
        return await examine(async_get_clientsession(self.hass), access)

    async def async_step_reauth(
        self, entry_data: Mapping[str, Any]
    ) -> ConfigFlowResult:
        """Ask for the check code again, because the printer refuses the stored one."""
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
        """Ask for the address and the check code, and try them."""
        if access_of(self._get_reconfigure_entry()).protocol is Protocol.TCP:
            return await self.async_step_reconfigure_address(user_input)
        return await self._async_mend(
            self._get_reconfigure_entry(), "reconfigure", RECONFIGURE_SCHEMA, user_input
        )

    async def async_step_reconfigure_address(
        self, user_input: dict[str, Any] | None = None
    ) -> ConfigFlowResult:
        """Ask for the address of a printer without a code, and try it."""
        return await self._async_mend(
            self._get_reconfigure_entry(),
            "reconfigure_address",
            ADDRESS_SCHEMA,
            user_input,
        )

    async def _async_mend(
        self,
        entry: ConfigEntry,
        step_id: str,
        schema: probatio.Schema,
        user_input: dict[str, Any] | None,
    ) -> ConfigFlowResult:
        """Show a form until the printer of the entry accepts what was entered."""
        errors: dict[str, str] = {}
        placeholders: dict[str, str] = {}
        known = access_of(entry)
        host, port = known.host, known.port
        shown, self._shown = self._shown, (host, port)
        if user_input is None:
            pass
        elif CONF_HOST not in user_input and shown != self._shown:
            # The user decides whether the code may be sent to another address.
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
                errors, placeholders = form_error(problem)
        address = {CONF_HOST: host, SECTION_ADVANCED: {CONF_PORT: port}}
        return self.async_show_form(
            step_id=step_id,
            data_schema=self.add_suggested_values_to_schema(
                schema, user_input or address
            ),
            description_placeholders=plain_texts(
                # Otherwise Home Assistant adds the name itself, with its Markdown.
                {
                    "printer": entry.title,
                    "name": entry.title,
                    "host": host,
                    **placeholders,
                }
            ),
            errors=errors,
        )


def form_error(problem: Finding) -> tuple[dict[str, str], dict[str, str]]:
    """Return the error of a form that knows the serial, and the facts of its text.

    A printer with another serial is another printer then.
    """
    is_other = problem.step is Step.IDENTITY
    key = OtherPrinterError.key if is_other else problem.problem
    return {"base": key}, dict(problem.facts)


def mac_of(identity: Identity) -> str | None:
    """Return the MAC address as Home Assistant writes it."""
    return None if identity.mac is None else dr.format_mac(identity.mac)


def _access(entry: ConfigEntry, typed: Mapping[str, Any]) -> Access:
    """Return how to reach the printer of an entry: as entered, else as before.

    Raises ``AddressError`` when the text for the address is none.
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
    told = {CONF_PRODUCT_ID: identity.pid, CONF_MAC: mac_of(identity)}
    return {
        CONF_HOST: access.host,
        CONF_PORT: access.port,
        CONF_CHECK_CODE: access.check_code,
        **{key: value for key, value in told.items() if value is not None},
    }
