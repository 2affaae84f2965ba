"""The camera and the picture of the job."""

from http import HTTPStatus
from io import BytesIO

from homeassistant.components.camera import async_get_image
from homeassistant.const import EVENT_HOMEASSISTANT_STOP
from homeassistant.core import HomeAssistant
from PIL import Image
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from simulator import Fault, Printer

from .common import entity_id, has_entity, state_of
from .conftest import MakePrinter, PassTime, SetUp, make_entry


async def picture(
    hass: HomeAssistant, client: ClientSessionGenerator, printer: Printer
) -> tuple[int, bytes]:
    """Ask Home Assistant for the picture of the job, as its page does."""
    session = await client()
    response = await session.get(
        f"/api/image_proxy/{entity_id(hass, 'image', printer, 'job_thumbnail')}"
    )
    return response.status, await response.read()


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
        "ad5x", host="127.0.80.80", camera_port=8080, camera=True
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
        "ad5x", host="127.0.80.81", camera_port=8080, camera=False
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
        # The stream of the viewer comes to an orderly end.
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
    session = await hass_client()
    url = f"/api/camera_proxy_stream/{entity_id(hass, 'camera', printer, 'camera')}"
    viewer = await session.get(url)
    await viewer.content.readuntil(b"\r\n\r\n")
    printer.machine.stream_on = False
    await pass_time(5, during_a_call=True)
    assert printer.camera_clients == 0

    viewer.close()
    await pass_time(60, during_a_call=True)
    printer.machine.stream_on = True
    before = printer.camera_connections
    await pass_time(120, during_a_call=True)

    assert printer.camera_connections == before
