"""Machine to the /detail fields about the material station and the external spool."""

from collections.abc import Callable, Mapping

from ..machine.body import Spool
from ..machine.device import Device
from ..machine.status import Status
from ..models.quirks import Quirks

_STATION_ACTIONS: Mapping[Status, Callable[[Quirks], int]] = {
    Status.CALIBRATING: lambda _: 5,
    Status.STARTING: lambda _: 5,
    Status.HEATING: lambda quirks: quirks.warm_up_station_action,
    Status.PRINTING: lambda _: 4,
    Status.PAUSING: lambda _: 4,
    Status.PAUSED: lambda _: 6,
    Status.CANCELING: lambda _: 5,
}


def extruder_loaded(device: Device) -> bool:
    """Return `hasRightFilament`: filament is in the extruder."""
    machine = device.machine
    loaded = (
        machine.loaded_slot
        if machine.station_connected
        else machine.direct_feed.has_filament
    )
    return bool(loaded) or machine.running_job is not None


def _spool(spool: Spool) -> dict[str, object]:
    return {
        "slotId": spool.number,
        "hasFilament": spool.has_filament,
        "materialName": spool.material,
        "materialColor": spool.color,
    }


def station(device: Device) -> dict[str, object]:
    """Return `matlStationInfo` (docs/protocol/material-station.md §3)."""
    machine = device.machine
    action = _STATION_ACTIONS.get(machine.status)
    failed = machine.status is Status.ERROR and machine.job is not None
    state = 6 if failed else action(device.quirks) if action else 0
    feed = machine.feed
    from_slot = feed is not None and feed.spool is not machine.direct_feed
    current = feed.spool.number if feed and from_slot else machine.current_slot
    return {
        "slotCnt": len(machine.slots),
        "currentSlot": current,
        "currentLoadSlot": current if device.model.station_detachable else 0,
        "stateAction": feed.action if feed and from_slot else state,
        "stateStep": feed.step if feed and from_slot else 0,
        "slotInfos": [_spool(s) for s in machine.slots if machine.station_connected],
    }


def direct_feed(device: Device) -> dict[str, object]:
    """Return `indepMatlInfo`, the external spool of an AD5X."""
    spool, feed = device.machine.direct_feed, device.machine.feed
    moves = feed is not None and feed.spool is spool
    return {
        "materialName": spool.material or "?",
        "materialColor": spool.color,
        "stateAction": feed.action if feed and moves else 0,
        "stateStep": feed.step if feed and moves else 0,
    }
