"""Another start of Home Assistant with what is stored, and another version or integration.

All runs in one process, on one clock. A released version is imported under a name of its
own, from the archive that lies beside what it stored.
"""

from collections.abc import AsyncGenerator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
import importlib
from pathlib import Path
import sys
import tarfile
from types import MappingProxyType
from typing import Any

from homeassistant import config_entries, loader
from homeassistant.const import EVENT_HOMEASSISTANT_FINAL_WRITE
from homeassistant.core import HomeAssistant
from homeassistant.helpers import (
    area_registry as ar,
    category_registry as cr,
    device_registry as dr,
    entity_registry as er,
    floor_registry as fr,
    frame,
    issue_registry as ir,
    label_registry as lr,
    restore_state as rs,
)
from homeassistant.helpers.json import json_dumps
from homeassistant.util.json import json_loads
import pytest
from pytest_homeassistant_custom_component.common import async_test_home_assistant

from custom_components.flashforge.const import DOMAIN

from ..support.place import free_port

RELEASES = Path(__file__).parent.parent / "fixtures" / "releases"

type Provide = Callable[[HomeAssistant], loader.Integration]
"""Returns the integration of our domain that a Home Assistant has."""


async def async_store(hass: HomeAssistant, storage: dict[str, Any]) -> None:
    """End what runs, and store all that a restart would find."""
    for entry in hass.config_entries.async_entries():
        if entry.state is config_entries.ConfigEntryState.LOADED:
            assert await hass.config_entries.async_unload(entry.entry_id)
    hass.bus.async_fire(EVENT_HOMEASSISTANT_FINAL_WRITE)
    await hass.async_block_till_done()
    # The harness lets these write nothing.
    for key, version, minor, content in (
        (
            config_entries.STORAGE_KEY,
            config_entries.STORAGE_VERSION,
            config_entries.STORAGE_VERSION_MINOR,
            {
                "entries": [
                    each.as_dict() for each in hass.config_entries.async_entries()
                ]
            },
        ),
        (
            ar.STORAGE_KEY,
            ar.STORAGE_VERSION_MAJOR,
            ar.STORAGE_VERSION_MINOR,
            ar.async_get(hass)._data_to_save(),  # noqa: SLF001
        ),
        (
            dr.STORAGE_KEY,
            dr.STORAGE_VERSION_MAJOR,
            dr.STORAGE_VERSION_MINOR,
            dr.async_get(hass)._data_to_save(),  # noqa: SLF001
        ),
        (
            er.STORAGE_KEY,
            er.STORAGE_VERSION_MAJOR,
            er.STORAGE_VERSION_MINOR,
            er.async_get(hass)._data_to_save(),  # noqa: SLF001
        ),
    ):
        storage[key] = {
            "version": version,
            "minor_version": minor,
            "key": key,
            "data": json_loads(json_dumps(content)),
        }


@asynccontextmanager
async def started_again(
    hass: HomeAssistant,
    storage: dict[str, Any],
    provide: Provide,
    lost: Mapping[str, Any] = MappingProxyType({}),
) -> AsyncGenerator[HomeAssistant]:
    """Store what is there, and start another Home Assistant with it.

    A crash came before what is ``lost`` was stored: it is there as it was before.
    """
    await async_store(hass, storage)
    storage.update(lost)
    async with async_test_home_assistant(
        load_registries=False, config_dir=hass.config.config_dir
    ) as again:
        frame.async_setup(again)
        dr.async_setup(again)
        for registry in (ar, cr, fr, lr, dr, er, ir, rs):
            await registry.async_load(again)
        again.data[loader.DATA_CUSTOM_COMPONENTS] = {DOMAIN: provide(again)}
        await again.config_entries.async_initialize()
        for entry in again.config_entries.async_entries(DOMAIN):
            await again.config_entries.async_setup(entry.entry_id)
        await again.async_block_till_done(wait_background_tasks=True)
        yield again
        for entry in again.config_entries.async_entries():
            if entry.state is config_entries.ConfigEntryState.LOADED:
                await again.config_entries.async_unload(entry.entry_id)
        await again.async_stop(force=True)


def present(hass: HomeAssistant) -> loader.Integration:
    """Provide the integration of this checkout."""
    root = importlib.import_module("custom_components")
    integration = loader.Integration.resolve_from_root(hass, root, DOMAIN)
    assert integration is not None
    return integration


@contextmanager
def released(version: str, folder: Path) -> Iterator[Provide]:
    """Import a released version, and provide it while this lasts."""
    name = f"released_{version.replace('.', '_')}"
    with tarfile.open(RELEASES / version / f"{DOMAIN}.tar.xz") as archive:
        archive.extractall(folder / name, filter="data")
    with pytest.MonkeyPatch.context() as lasting:
        lasting.syspath_prepend(folder)
        # Its flow would stay that of all other tests.
        lasting.setitem(
            config_entries.HANDLERS, DOMAIN, config_entries.HANDLERS[DOMAIN]
        )
        _give_ports(lasting, name)
        root = importlib.import_module(name)

        def provide(hass: HomeAssistant) -> loader.Integration:
            integration = loader.Integration.resolve_from_root(hass, root, DOMAIN)
            assert integration is not None
            return integration

        try:
            yield provide
        finally:
            for module in [each for each in sys.modules if each.startswith(name)]:
                del sys.modules[module]


def _give_ports(lasting: pytest.MonkeyPatch, name: str) -> None:
    """Give a version ports of its own in place of those of real printers."""
    api = f"{name}.{DOMAIN}.api"
    found = importlib.import_module(f"{api}.discovery")
    ports = found.Ports(
        multicast=(free_port(),),
        broadcast=(free_port(),),
        fallback=(),
        fallback_source=free_port(),
    )
    lasting.setitem(found.scan.__kwdefaults__, "ports", ports)
    # It waits for the real clock.
    lasting.setitem(found.scan.__kwdefaults__, "duration", 0)
    lasting.setitem(found.probe.__kwdefaults__, "port", free_port())
    for module, constant in (
        ("moonraker", "PORT"),
        ("tcp", "PORT"),
        ("mjpeg", "DEFAULT_PORT"),
    ):
        lasting.setattr(
            importlib.import_module(f"{api}.{module}"), constant, free_port()
        )
