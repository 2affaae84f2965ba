"""Files that were sent to Home Assistant: sent once, checked, printed, and then gone."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.actions.sent_files import KEPT_FOR, MOST_FILES
from custom_components.flashforge.const import DOMAIN
from simulator import Fault, Printer, StoredFile, Tool
from simulator.print_files.slicing import write_sliced

from ..support.jobs import RED, load
from ..support.lookups import device_of
from ..support.timing import Time

type Send = Callable[[], Awaitable[str]]
type Act = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder where files that were sent are kept."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
async def send(
    hass: HomeAssistant,
    hass_client: ClientSessionGenerator,
    tmp_path: Path,
    temporary: Path,
) -> Send:
    """Return what sends a file, as the browser does."""
    assert await async_setup_component(hass, "file_upload", {})
    client = await hass_client()
    path = tmp_path / "keyring.3mf"
    tools = (Tool("PLA", RED, 6.0),)
    write_sliced(path, StoredFile(path.name, print_seconds=1200, tools=tools))
    content = await hass.async_add_executor_job(path.read_bytes)

    async def send_it() -> str:
        form = aiohttp.FormData()
        form.add_field("file", content, filename=path.name)
        answer = await client.post("/api/file_upload", data=form)
        file_id: str = (await answer.json())["file_id"]
        return file_id

    return send_it


@pytest.fixture
def act(
    hass: HomeAssistant, loaded: MockConfigEntry, printer: Printer, time: Time
) -> Act:
    """Return what calls an action for the printer while time passes."""

    async def run(
        name: str, /, context: Context | None = None, **data: Any
    ) -> dict[str, Any]:
        response = await time.passes_until(
            hass.services.async_call(
                DOMAIN,
                name,
                {"device_id": device_of(hass, printer), **data},
                blocking=True,
                return_response=True,
                context=context,
            )
        )
        assert response is not None
        return dict(response)

    return run


def kept(folder: Path) -> list[Path]:
    """Return the files that are kept now."""
    return sorted(folder.glob("flashforge-*/*"))


async def test_one_sending_is_enough_to_check_twice_and_print(
    printer: Printer, act: Act, send: Send, temporary: Path
) -> None:
    load(printer, "PLA")
    file = await send()
    for _ in range(2):
        response = await act("check_file", file=file)
        assert response["can_print"], response
        assert len(kept(temporary)) == 1
    response = await act("upload_file", file=file, print_now=True)
    assert response["printing"]
    assert printer.machine.job is not None
    assert kept(temporary) == []
    with pytest.raises(ServiceValidationError, match="no longer there"):
        await act("upload_file", file=file)


async def test_what_was_refused_need_not_be_sent_again(
    printer: Printer, act: Act, send: Send, temporary: Path
) -> None:
    load(printer, "PLA")
    printer.machine.start_job()
    printer.machine.finish_warm_up()
    printer.machine.finish_job()
    file = await send()
    with pytest.raises(ServiceValidationError, match="build plate"):
        await act("upload_file", file=file, print_now=True)
    printer.machine.clear_plate()
    await act("upload_file", file=file, print_now=True)
    assert printer.machine.job is not None
    assert kept(temporary) == []


async def test_after_an_upload_that_broke_off_the_file_is_still_there(
    printer: Printer, act: Act, send: Send, temporary: Path
) -> None:
    load(printer, "PLA")
    file = await send()
    printer.faults.add(Fault.CUT_UPLOAD)
    with pytest.raises(HomeAssistantError, match="did not confirm"):
        await act("upload_file", file=file)
    printer.faults.clear()
    assert len(kept(temporary)) == 1
    await act("upload_file", file=file)
    assert printer.files[0].name == "keyring.3mf"


async def test_a_file_that_nobody_prints_is_removed_after_a_while(
    act: Act, send: Send, temporary: Path, time: Time
) -> None:
    file = await send()
    await act("check_file", file=file)
    await time.passes(KEPT_FOR.total_seconds() - 60)
    assert len(kept(temporary)) == 1
    await time.passes(120)
    assert kept(temporary) == []
    with pytest.raises(ServiceValidationError, match="no longer there"):
        await act("check_file", file=file)


async def test_only_a_few_are_kept(
    act: Act, send: Send, temporary: Path, time: Time
) -> None:
    first, *others = [await send() for _ in range(MOST_FILES + 1)]
    for file in (first, *others):
        await act("check_file", file=file)
    await time.settle()
    assert len(kept(temporary)) == MOST_FILES
    with pytest.raises(ServiceValidationError, match="no longer there"):
        await act("check_file", file=first)
    for file in others:
        await act("check_file", file=file)


async def test_a_kept_file_belongs_to_the_one_who_sent_it(
    hass: HomeAssistant, hass_admin_user: MockUser, act: Act, send: Send
) -> None:
    file = await send()
    mine = Context(user_id=hass_admin_user.id)
    await act("check_file", file=file, context=mine)
    with pytest.raises(ServiceValidationError, match="no longer there"):
        await act("check_file", file=file)
    await act("check_file", file=file, context=mine)


async def test_nothing_is_kept_when_home_assistant_ends(
    hass: HomeAssistant, act: Act, send: Send, temporary: Path
) -> None:
    await act("check_file", file=await send())
    assert len(kept(temporary)) == 1
    hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
    await hass.async_block_till_done()
    assert kept(temporary) == []
