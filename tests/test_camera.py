"""The camera and the picture of the job."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from http import HTTPStatus
from io import BytesIO

from aiohttp import ClientError, ClientResponse
from homeassistant.components.camera import async_get_image
from homeassistant.const import EVENT_HOMEASSISTANT_STOP, EVENT_STATE_CHANGED
from homeassistant.core import HomeAssistant
from homeassistant.data_entry_flow import FlowResultType, InvalidData
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers import entity_registry as er
from PIL import Image
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.api.camera import mjpeg
from custom_components.flashforge.const import OPTION_CAMERA, OPTION_LIGHT
from simulator import Fault, Printer
from simulator.print_files.thumbnails import thumbnail

from .api.camera.camera_server import CameraServer
from .conftest import MakePrinter, PassTime, SetUp, make_entry
from .support.lookups import entity_id, has_entity, state_of
from .support.waiting import until


async def picture(
    hass: HomeAssistant, client: ClientSessionGenerator, printer: Printer
) -> tuple[int, bytes]:
    """Ask Home Assistant for the picture of the job, as its page does."""
    session = await client()
    response = await session.get(
        f"/api/image_proxy/{entity_id(hass, 'image', printer, 'job_thumbnail')}"
    )
    return response.status, await response.read()


def stream_of(hass: HomeAssistant, printer: Printer) -> str:
    """Return the stream status of the camera entity."""
    stream: str = state_of(hass, "camera", printer, "camera").attributes["stream"]
    return stream


@asynccontextmanager
async def viewing(
    hass: HomeAssistant, client: ClientSessionGenerator, printer: Printer
) -> AsyncGenerator[ClientResponse]:
    """Look at the camera of a printer, as a dashboard does."""
    session = await client()
    camera = entity_id(hass, "camera", printer, "camera")
    async with session.get(f"/api/camera_proxy_stream/{camera}") as response:
        yield response


async def next_picture(viewer: ClientResponse) -> bytes:
    """Return the next picture of a viewer, which has to be complete."""
    header = await viewer.content.readuntil(b"\r\n\r\n")
    length = int(header.split(b"Content-Length: ")[1])
    assert b"Content-Type: image/jpeg" in header
    frame = await viewer.content.readexactly(length)
    # A browser shows a picture when it sees where it ends.
    assert await viewer.content.readexactly(16) == b"\r\n--flashforge\r\n"
    return frame


@pytest.mark.parametrize("model", ["5m_pro", "creator5", "creator5_pro"])
async def test_still(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    image = await async_get_image(hass, entity_id(hass, "camera", printer, "camera"))

    assert Image.open(BytesIO(image.content)).format == "JPEG"
    assert printer.camera_connections == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_all_viewers_and_stills_share_one_connection(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    camera = entity_id(hass, "camera", printer, "camera")
    session = await hass_client()
    url = f"/api/camera_proxy_stream/{camera}"

    async with session.get(url) as first, session.get(url) as second:
        for viewer in (first, second):
            assert viewer.status == HTTPStatus.OK
            assert viewer.content_type == "multipart/x-mixed-replace"
            header = await viewer.content.readuntil(b"\r\n\r\n")
            assert b"image/jpeg" in header
        still = await async_get_image(hass, camera)
        assert still.content.startswith(b"\xff\xd8")
        assert printer.camera_clients == 1

    assert printer.camera_connections == 1


@pytest.mark.parametrize("model", ["5m", "ad5x"])
async def test_no_camera_where_none_is_fitted(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    assert not has_entity(hass, "camera", printer, "camera")


async def test_accessory_camera_that_is_not_told_of_is_found_by_looking(
    hass: HomeAssistant, make_printer: MakePrinter, set_up: SetUp
) -> None:
    printer = await make_printer(
        "ad5x", host="127.0.80.80", camera_port=mjpeg.DEFAULT_PORT, camera=True
    )
    printer.overrides["cameraStreamUrl"] = ""

    await set_up(make_entry(printer))

    assert state_of(hass, "camera", printer, "camera").state == "idle"
    image = await async_get_image(hass, entity_id(hass, "camera", printer, "camera"))
    assert image.content.startswith(b"\xff\xd8")


async def test_camera_that_is_switched_on_later_is_added(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printer = await make_printer(
        "ad5x", host="127.0.80.81", camera_port=mjpeg.DEFAULT_PORT, camera=False
    )
    printer.overrides["cameraStreamUrl"] = ""
    await set_up(make_entry(printer))
    assert not has_entity(hass, "camera", printer, "camera")

    printer.overrides["cameraStreamUrl"] = "http://192.168.1.33:8080/?action=stream"
    await pass_time(16)

    assert state_of(hass, "camera", printer, "camera").state == "idle"


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_picture_of_the_job_is_asked_for_once_and_kept(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    assert state_of(hass, "image", printer, "job_thumbnail").state == "unknown"
    printer.machine.start_job()
    await pass_time(16)

    status, first = await picture(hass, hass_client, printer)
    assert status == HTTPStatus.OK
    assert Image.open(BytesIO(first)).format == "PNG"

    printer.machine.finish_warm_up()
    printer.machine.finish_job()
    await pass_time(16)
    printer.machine.clear_plate()
    await pass_time(16)

    assert await picture(hass, hass_client, printer) == (HTTPStatus.OK, first)
    assert printer.count("/gcodeThumb") == 1
    assert printer.count("/getThum") == 0


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_next_job_has_its_own_picture(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    one, other = (file.name for file in printer.files[:2])
    printer.machine.start_job(one)
    await pass_time(16)
    updated = state_of(hass, "image", printer, "job_thumbnail").state
    _, first = await picture(hass, hass_client, printer)

    printer.machine.cancel()
    await pass_time(30)
    printer.machine.clear_plate()
    printer.machine.start_job(other)
    await pass_time(16)

    assert state_of(hass, "image", printer, "job_thumbnail").state != updated
    _, second = await picture(hass, hass_client, printer)
    assert second != first


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_file_that_was_sliced_anew_has_its_new_picture(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    sliced, other = printer.files[:2]
    printer.machine.start_job()
    await pass_time(16)
    _, first = await picture(hass, hass_client, printer)
    printer.machine.finish_job()
    await pass_time(16)

    printer.files[0] = replace(other, name=sliced.name)
    assert await picture(hass, hass_client, printer) == (HTTPStatus.OK, first)
    printer.machine.clear_plate()
    printer.machine.start_job()
    await pass_time(16)

    _, second = await picture(hass, hass_client, printer)
    assert second == thumbnail(printer.files[0]) != first


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_running_job_stands_in_for_a_file_without_picture(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    printer.machine.start_job()
    await pass_time(16)
    printer.overrides["printFileName"] = "deleted meanwhile.gcode"
    await pass_time(16)

    status, image = await picture(hass, hass_client, printer)

    assert status == HTTPStatus.OK
    assert Image.open(BytesIO(image)).format == "BMP"


@pytest.mark.parametrize("model", ["5m_pro"])
@pytest.mark.parametrize("fault", [Fault.GARBAGE, Fault.CUT])
async def test_picture_that_cannot_be_had_is_asked_for_again(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
    fault: Fault,
) -> None:
    printer.machine.start_job()
    await pass_time(16)
    printer.faults.add(fault, path="/gcodeThumb")
    printer.faults.add(fault, path="/getThum")
    status, _ = await picture(hass, hass_client, printer)
    assert status == HTTPStatus.INTERNAL_SERVER_ERROR

    printer.faults.clear()
    status, image = await picture(hass, hass_client, printer)

    assert status == HTTPStatus.OK
    assert image


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_printer_without_any_picture_is_asked_once(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    printer.machine.start_job()
    await pass_time(16)
    printer.faults.add(Fault.NOT_FOUND, path="/gcodeThumb")
    printer.faults.add(Fault.NOT_FOUND, path="/getThum")

    for _ in range(3):
        status, _ = await picture(hass, hass_client, printer)
        assert status == HTTPStatus.INTERNAL_SERVER_ERROR

    assert printer.count("/gcodeThumb") == 1


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_no_job_has_no_picture(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    status, _ = await picture(hass, hass_client, printer)

    assert status == HTTPStatus.INTERNAL_SERVER_ERROR
    assert printer.count("/gcodeThumb") == 0


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_camera_is_given_back_when_home_assistant_stops(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    session = await hass_client()
    url = f"/api/camera_proxy_stream/{entity_id(hass, 'camera', printer, 'camera')}"
    async with session.get(url) as viewer:
        await viewer.content.readuntil(b"\r\n\r\n")
        assert printer.camera_clients == 1

        hass.bus.async_fire(EVENT_HOMEASSISTANT_STOP)
        # The stream of the viewer ends properly.
        await viewer.content.read()

    await hass.async_block_till_done()
    assert printer.camera_clients == 0


@pytest.mark.parametrize("model", ["5m_pro"])
async def test_viewer_that_leaves_while_nothing_comes_is_forgotten(
    hass: HomeAssistant,
    printer: Printer,
    pass_time: PassTime,
    loaded: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    async with viewing(hass, hass_client, printer) as viewer:
        await next_picture(viewer)
        printer.machine.stream_on = False
        await until(lambda: stream_of(hass, printer) == "unavailable")
        assert printer.camera_clients == 0

    printer.machine.stream_on = True
    before = printer.camera_connections
    await pass_time(120, during_a_call=True)

    assert printer.camera_connections == before


# --- what becomes of the stream ---


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_stream_is_shown_as_it_comes_and_goes(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    assert stream_of(hass, printer) == "idle"
    async with viewing(hass, hass_client, printer) as viewer:
        await next_picture(viewer)
        state = state_of(hass, "camera", printer, "camera")
        assert (state.state, state.attributes["stream"]) == ("idle", "streaming")

    # The connection outlives its last viewer by ten seconds.
    await pass_time(15)

    state = state_of(hass, "camera", printer, "camera")
    assert (state.state, state.attributes["stream"]) == ("idle", "idle")
    assert printer.camera_clients == 0


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_camera_in_use_says_so_and_comes_when_it_is_free(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    reader, slicer = await asyncio.open_connection(printer.host, printer.camera_port)
    slicer.write(b"GET /?action=stream HTTP/1.0\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")

    async with viewing(hass, hass_client, printer) as viewer:
        await until(lambda: stream_of(hass, printer) == "in_use")
        state = state_of(hass, "camera", printer, "camera")
        assert state.state == "idle"
        with pytest.raises(HomeAssistantError):
            await async_get_image(hass, state.entity_id)

        slicer.close()
        await slicer.wait_closed()
        await until(lambda: printer.camera_clients == 0)
        await pass_time(3, during_a_call=True)
        await next_picture(viewer)

        assert stream_of(hass, printer) == "streaming"


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_stills_of_a_dashboard_write_nothing(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    camera = entity_id(hass, "camera", printer, "camera")
    changes = async_capture_events(hass, EVENT_STATE_CHANGED)

    for _ in range(5):
        await async_get_image(hass, camera)
        await pass_time(10)

    assert printer.camera_connections == 5
    # Home Assistant's own new token may be among them.
    shown = {
        (each.data["new_state"].state, each.data["new_state"].attributes["stream"])
        for each in changes
        if each.data["entity_id"] == camera
    }
    assert shown <= {("idle", "idle")}


async def test_viewer_who_takes_no_picture_loses_its_place(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("custom_components.flashforge.camera.VIEWER_PATIENCE", 5)
    printer = await make_printer("5m_pro", host=CameraServer.host)
    async with CameraServer() as camera:
        printer.overrides["cameraStreamUrl"] = camera.url
        await set_up(make_entry(printer))
        async with viewing(hass, hass_client, printer) as viewer:
            connection = await camera.accept()
            # More than fits into all the buffers on the way.
            await connection.show(b"\xff\xd8\xff" + bytes(7_000_000) + b"\xff\xd9")
            await viewer.content.readuntil(b"image/jpeg")
            assert stream_of(hass, printer) == "streaming"

            await pass_time(6, during_a_call=True)

            with pytest.raises(ClientError):
                await viewer.content.read()
        await pass_time(60)
        assert camera.connections == 1


@pytest.mark.usefixtures("freezer")
@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_viewer_goes_with_a_printer_that_moves(
    hass: HomeAssistant,
    printer: Printer,
    entry: MockConfigEntry,
    set_up: SetUp,
    hass_client: ClientSessionGenerator,
) -> None:
    # Its answers stay the same, also an address that it had once.
    printer.overrides["cameraStreamUrl"] = (
        f"http://192.168.1.33:{printer.camera_port}/?action=stream"
    )
    await set_up(entry)
    async with viewing(hass, hass_client, printer) as viewer:
        await next_picture(viewer)
        await printer.move("127.0.80.83")
        await until(lambda: stream_of(hass, printer) == "unavailable")

        entry.runtime_data.async_follow("127.0.80.83", printer.http_port)

        # The clock stands still, so no pause is waited for.
        await next_picture(viewer)
        assert printer.camera_clients == 1


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_viewer_waits_for_a_printer_that_is_off(
    hass: HomeAssistant,
    printer: Printer,
    loaded: MockConfigEntry,
    pass_time: PassTime,
    hass_client: ClientSessionGenerator,
) -> None:
    async with viewing(hass, hass_client, printer) as viewer:
        await next_picture(viewer)
        await printer.power_off()
        await pass_time(90, during_a_call=True)
        assert state_of(hass, "camera", printer, "camera").state == "unavailable"
        await printer.power_on()

        loaded.runtime_data.async_wake()

        await next_picture(viewer)
        assert stream_of(hass, printer) == "streaming"


# --- a camera that the printer does not report ---


async def test_looking_for_a_camera_is_rare(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printer = await make_printer("ad5x", host=CameraServer.host, camera=False)
    async with CameraServer(port=mjpeg.DEFAULT_PORT) as port:
        port.greet("HTTP/1.0 404 Not Found\r\n\r\n")
        await set_up(make_entry(printer))
        assert port.connections == 1
        await pass_time(3500, step=15)
        assert port.connections == 1
        await pass_time(200, step=15)
        assert port.connections == 2

        # A printer that returns may have been given a camera.
        await printer.power_off()
        await pass_time(60)
        assert port.connections == 2
        await printer.power_on()
        await pass_time(70)
        assert port.connections == 3

        # The hour starts again with that check.
        await pass_time(3400, step=15)
        assert port.connections == 3


async def test_accessory_camera_is_found_when_the_printer_returns(
    hass: HomeAssistant,
    make_printer: MakePrinter,
    set_up: SetUp,
    pass_time: PassTime,
) -> None:
    printer = await make_printer("ad5x", host="127.0.80.82", camera=False)
    await set_up(make_entry(printer))
    assert not has_entity(hass, "camera", printer, "camera")
    await printer.power_off()
    await pass_time(60)
    await printer.power_on()

    async with CameraServer(host="127.0.80.82", port=mjpeg.DEFAULT_PORT):
        await pass_time(70)

    assert state_of(hass, "camera", printer, "camera").state == "idle"


# --- another camera ---


@pytest.fixture
async def other(make_printer: MakePrinter, set_up: SetUp) -> Printer:
    """Return a printer whose camera looks at ``printer``, loaded."""
    other = await make_printer("5m_pro")
    await set_up(make_entry(other))
    return other


@pytest.fixture
async def with_other(
    hass: HomeAssistant, other: Printer, printer: Printer, set_up: SetUp
) -> MockConfigEntry:
    """Return the entry of ``printer`` with the other camera in its options, loaded."""
    camera = entity_id(hass, "camera", other, "camera")
    entry = make_entry(printer, **{OPTION_CAMERA: camera})
    await set_up(entry)
    return entry


@pytest.mark.parametrize("model", ["5m", "creator5_pro"])
async def test_other_camera_takes_over(
    hass: HomeAssistant,
    printer: Printer,
    other: Printer,
    with_other: MockConfigEntry,
    hass_client: ClientSessionGenerator,
) -> None:
    image = await async_get_image(hass, entity_id(hass, "camera", printer, "camera"))
    assert Image.open(BytesIO(image.content)).format == "JPEG"

    async with viewing(hass, hass_client, printer) as viewer:
        # The first one is the still, which is recent.
        assert await next_picture(viewer) == image.content
        frame = await next_picture(viewer)
        assert Image.open(BytesIO(frame)).format == "JPEG"
        assert other.camera_clients == 1

    # The built-in camera is not used.
    assert printer.camera_connections == 0


@pytest.mark.parametrize("model", ["5m"])
async def test_other_camera_needs_no_printer(
    hass: HomeAssistant,
    printer: Printer,
    other: Printer,
    with_other: MockConfigEntry,
    pass_time: PassTime,
) -> None:
    await printer.power_off()
    await pass_time(60)
    assert state_of(hass, "camera", printer, "camera").state == "idle"

    await other.power_off()
    await pass_time(60)
    assert state_of(hass, "camera", printer, "camera").state == "unavailable"

    await other.power_on()
    await pass_time(70)
    assert state_of(hass, "camera", printer, "camera").state == "idle"


async def test_other_camera_that_is_gone(
    hass: HomeAssistant,
    printer: Printer,
    set_up: SetUp,
    hass_client: ClientSessionGenerator,
) -> None:
    await set_up(make_entry(printer, **{OPTION_CAMERA: "camera.gone"}))

    state = state_of(hass, "camera", printer, "camera")
    assert state.state == "unavailable"
    with pytest.raises(HomeAssistantError, match="Unable to get image"):
        await async_get_image(hass, state.entity_id)
    async with viewing(hass, hass_client, printer) as viewer:
        assert viewer.status == HTTPStatus.BAD_GATEWAY


@pytest.mark.parametrize("model", ["5m"])
async def test_other_camera_is_followed_when_it_is_renamed(
    hass: HomeAssistant,
    printer: Printer,
    other: Printer,
    with_other: MockConfigEntry,
    entity_registry: er.EntityRegistry,
) -> None:
    entity_registry.async_update_entity(
        with_other.options[OPTION_CAMERA], name="Above the bench"
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    entity_registry.async_update_entity(
        with_other.options[OPTION_CAMERA], new_entity_id="camera.bench"
    )
    await hass.async_block_till_done(wait_background_tasks=True)

    assert with_other.options[OPTION_CAMERA] == "camera.bench"
    image = await async_get_image(hass, entity_id(hass, "camera", printer, "camera"))
    assert image.content.startswith(b"\xff\xd8")


@pytest.mark.parametrize("model", ["5m"])
async def test_option_of_another_camera(
    hass: HomeAssistant, printer: Printer, loaded: MockConfigEntry
) -> None:
    hass.states.async_set("camera.workshop", "idle")
    assert not has_entity(hass, "camera", printer, "camera")

    flow = await hass.config_entries.options.async_init(loaded.entry_id)
    done = await hass.config_entries.options.async_configure(
        flow["flow_id"], {OPTION_LIGHT: "auto", OPTION_CAMERA: "camera.workshop"}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert done["type"] is FlowResultType.CREATE_ENTRY
    assert state_of(hass, "camera", printer, "camera").state == "idle"

    # A field that was cleared is missing from what the form sends.
    flow = await hass.config_entries.options.async_init(loaded.entry_id)
    await hass.config_entries.options.async_configure(
        flow["flow_id"], {OPTION_LIGHT: "auto"}
    )
    await hass.async_block_till_done(wait_background_tasks=True)
    assert OPTION_CAMERA not in loaded.options
    assert state_of(hass, "camera", printer, "camera").state == "unavailable"


@pytest.mark.parametrize("model", ["creator5_pro"])
async def test_camera_of_a_printer_is_no_other_camera(
    hass: HomeAssistant, printer: Printer, other: Printer, loaded: MockConfigEntry
) -> None:
    flow = await hass.config_entries.options.async_init(loaded.entry_id)
    for each in (printer, other):
        with pytest.raises(InvalidData):
            await hass.config_entries.options.async_configure(
                flow["flow_id"],
                {
                    OPTION_LIGHT: "auto",
                    OPTION_CAMERA: entity_id(hass, "camera", each, "camera"),
                },
            )

    done = await hass.config_entries.options.async_configure(
        flow["flow_id"], {OPTION_LIGHT: "auto"}
    )
    assert done["type"] is FlowResultType.CREATE_ENTRY
