"""What interrupts an order from our side or the printer's, and what ends it."""

from .troubles import Scene


async def cancel_order(scene: Scene) -> None:
    assert scene.order is not None
    scene.order.cancel()


async def unload(scene: Scene) -> None:
    assert await scene.hass.config_entries.async_unload(scene.entry.entry_id)


async def load(scene: Scene) -> None:
    scene.printer.faults.clear()
    await scene.time.passes_until(
        scene.hass.config_entries.async_setup(scene.entry.entry_id)
    )


async def come_back(scene: Scene) -> None:
    scene.printer.faults.clear()
    await scene.printer.power_on()
