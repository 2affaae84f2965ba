"""Every trouble at every moment: what is shown, logged and left behind."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import AsyncExitStack
import logging
from pathlib import Path
import tempfile
from typing import Any

from homeassistant.core import HomeAssistant
from homeassistant.setup import async_setup_component
import pytest
from pytest_homeassistant_custom_component.typing import ClientSessionGenerator

from custom_components.flashforge.api.camera import mjpeg
from custom_components.flashforge.const import DOMAIN
from simulator import MODELS
from tests.conftest import make_entry
from tests.support.networking import Network
from tests.support.timing import Time

from . import traces
from .line_troubles import LINE_TROUBLES
from .mishaps import MISHAPS
from .moments import MOMENTS, RETURNS, Moment
from .older import OLDER
from .older_troubles import OLDER_TROUBLES
from .orders import ORDERS, OURS, STORED
from .troubles import HOST, OTHER_CODE, OTHER_HOST, TROUBLES, Scene, Trouble
from .truth import untruths

NAME = "Workshop of Ada"
NONSENSE = frozenset({"nan", "inf", "-inf"})


def cells() -> Iterator[tuple[Trouble, Moment]]:
    """Return every trouble at every moment that depends on the layer it damages."""
    for trouble in (*TROUBLES, *MISHAPS, *LINE_TROUBLES, *OLDER_TROUBLES):
        for moment in MOMENTS + ORDERS + OLDER:
            if trouble.layer in moment.layers:
                yield trouble, moment


@pytest.fixture
async def scene(
    hass: HomeAssistant,
    network: Network,
    time: Time,
    hass_client: ClientSessionGenerator,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    trouble: Trouble,
    moment: Moment,
    tmp_path: Path,
) -> AsyncGenerator[Scene]:
    """Return a printer that is not set up yet, and everything around it."""
    caplog.set_level(logging.DEBUG, traces.OURS)
    (tmp_path / "prints").mkdir()
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    camera: dict[str, Any] = {"camera": True, "camera_port": mjpeg.DEFAULT_PORT}
    printer = await network.printer(
        moment.model,
        host=HOST,
        name=NAME,
        firmware=moment.firmware,
        # Older printers do not report where their camera is.
        **({} if MODELS[moment.model].http else camera),
    )
    assert await async_setup_component(hass, DOMAIN, {})
    await time.settle()
    async with AsyncExitStack() as stack:
        with monkeypatch.context() as patch:
            yield Scene(
                hass=hass,
                printer=printer,
                entry=make_entry(printer),
                time=time,
                client=hass_client,
                monkeypatch=patch,
                stack=stack,
                folder=tmp_path / "prints",
                size=trouble.size,
                path=moment.path,
            )


@pytest.mark.parametrize(
    ("trouble", "moment"),
    [
        pytest.param(trouble, moment, id=f"{trouble.name}-{moment.name}")
        for trouble, moment in cells()
    ],
)
async def test_trouble(
    scene: Scene, trouble: Trouble, moment: Moment, caplog: pytest.LogCaptureFixture
) -> None:
    await moment.prepare(scene)
    await trouble.begin(scene)

    assert await moment.outcome(scene) == moment.expected(trouble)
    assert scene.meanwhile is None, "it was over before anything could happen"
    states = {state.state for state in scene.hass.states.async_all()}
    assert not states & NONSENSE

    await trouble.end(scene)
    await scene.time.passes(RETURNS, 5)
    assert await moment.again(scene) is None
    assert await untruths(scene.hass, scene.printer, scene.time) == {}
    assert scene.hass.config_entries.flow.async_progress() == []
    told = traces.lines(caplog.records, logging.DEBUG)
    secrets = traces.private(scene.printer) | {HOST, OTHER_HOST, OTHER_CODE}
    secrets |= {OURS, STORED, str(scene.folder)}
    assert traces.failures(caplog.records) == []
    assert traces.goings(traces.lines(caplog.records)) in ([], [True, False])
    assert not [secret for secret in secrets if secret in "\n".join(told)]
    await traces.assert_nothing_is_left(scene.hass, scene.time, [scene.printer])
    traces.assert_no_file_is_left(scene.folder, Path(tempfile.gettempdir()))
