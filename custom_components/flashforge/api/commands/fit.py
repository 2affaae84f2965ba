"""Whether a sliced file fits the printer that should print it.

Every slicer writes the name of the printer, most write the size of the bed, some the
size of the print. A file is not refused for a missing fact.
"""

from collections.abc import Iterator
from enum import StrEnum

from ..errors import FileForOtherPrinterError, FlashForgeError, PrintTooLargeError
from ..models.catalog import MODELS
from ..models.model import Model
from ..prints import SlicedFile
from ..state import PrinterState

_SLACK = 1.0
# Millimeters by which a print may reach over the bed before it is too large.

_BED_SLACK = 10.0
# Millimeters by which the bed of a profile may be larger, because people change it.

_MAKER = "flashforge"

_MAKER_WORDS = """
    anker ankermake anycubic artillery bambu bambulab biqu bigtreetech co-print cr
    creality crealityprint creatbot dremel e3d elegoo ender eryone flsun flyingbear
    folgertech geeetech ideaformer infimech kingroon kobra kywoo lnl3d longer
    lulzbot makerbot micron mingda monoprice neptune peopoly phrozen prusa prusament
    qidi raise3d ratrig rolohaun seckit snapmaker sovol sunlu tiertime tronxy
    twotrees ultimaker v-core vertex vivedino volumic voron voxelab vzbot wanhao
    wiibuilder wombot zaribo zonestar x1c p1s p1p mk3 mk3s mk4 mk4s k1 k1c k2 h2d mini xl coreone
"""

_OTHER_MAKERS = frozenset(_MAKER_WORDS.split())
"""Words in names of printers of other makers."""

_MODELS = {
    "5m": 0x23,
    "ad5m": 0x23,
    "adventurer 5m": 0x23,
    "5m pro": 0x24,
    "ad5m pro": 0x24,
    "adventurer 5m pro": 0x24,
    "ad5x": 0x26,
    "adventurer 5x": 0x26,
    "5x": 0x26,
    "creator 5": 0x28,
    "creator 5 pro": 0x29,
    "adventurer 3": 0x08,
    "ad3": 0x08,
    "adventurer 4": 0x16,
    "ad4": 0x16,
    "adventurer 4 pro": 0x1E,
    "guider 3 ultra": 0x1F,
    "guider 4": 0x25,
    "guider 4 pro": 0x27,
    "adventurer a5": 0xBB,
    "dreamer": 0x01,
    "finder": 0x02,
    "guider ii": 0x04,
    "guider 2": 0x04,
    "inventor": 0x05,
    "finder 2": 0x07,
    "guider iis": 0x09,
    "guider 2s": 0x09,
}
"""The names of the models in slicers, in lower case and without the maker."""


class FileConcern(StrEnum):
    """What a person may want to check of a file before it is printed."""

    PRINTER_UNKNOWN = "printer_unknown"
    PRINTER_DIFFERS = "printer_differs"
    NOZZLE_DIFFERS = "nozzle_differs"
    SPOOL_DIFFERS = "spool_differs"
    CHANGED_BY_HAND = "changed_by_hand"


def _words(name: str) -> list[str]:
    spaced = name.lower().replace("_", " ").replace('"', " ").replace("'", " ")
    # "Adventurer5M" and "Adventurer 5M" are the same name.
    for word in ("adventurer", "creator", "guider", "finder"):
        spaced = spaced.replace(word, f" {word} ")
    return spaced.replace("-", " ").split()


def _pid_in(words: list[str]) -> int | None:
    """Return the product id of the longest name of a model at the front."""
    for size in range(min(len(words), 4), 0, -1):
        if (pid := _MODELS.get(" ".join(words[:size]))) is not None:
            return pid
    return None


def sliced_for(name: str) -> Model | None:
    """Return the FlashForge model that a slicer's name of a printer means."""
    words = [word for word in _words(name) if word not in {_MAKER, "series"}]
    pid = _pid_in(words)
    return None if pid is None else MODELS.get(pid)


def _is_other_maker(name: str) -> bool:
    words = _words(name)
    return _MAKER not in words and any(
        word in _OTHER_MAKERS or word.rstrip("0123456789") in {"ender", "kobra"}
        for word in words
    )


def misfit(
    file: SlicedFile, model: Model, state: PrinterState
) -> FlashForgeError | None:
    """Return why a file does not fit this printer, None when it may.

    A person may insist on printing a file for another printer
    (``FileForOtherPrinterError``), but not a print that is larger than the bed.
    """
    volume = state.build_volume or model.build_volume
    if file.extent is not None and volume is not None:
        reach = [*file.extent]
        if any(side > most + _SLACK for side, most in zip(reach, volume, strict=True)):
            return PrintTooLargeError(size=_size(file.extent), bed=_size(volume))
    if file.printer and not _may_print(model, file.printer):
        return FileForOtherPrinterError(sliced=file.printer, printer=model.name)
    named = sliced_for(file.printer) if file.printer else None
    if file.bed is not None and volume is not None and named is None:
        if any(
            side > most + _BED_SLACK
            for side, most in zip(file.bed, volume[:2], strict=True)
        ):
            sliced = file.printer or f"{_size(file.bed)} mm"
            return FileForOtherPrinterError(sliced=sliced, printer=model.name)
    return None


def _may_print(model: Model, name: str) -> bool:
    """Return whether a file for the printer of this name may be printed."""
    if not model.described:
        # Slicers may know this model by another name.
        return not _is_other_maker(name)
    meant = sliced_for(name)
    if meant is None:
        return not _is_other_maker(name)
    return meant is model or meant.pid in model.prints_files_of


def concerns(
    file: SlicedFile, model: Model, state: PrinterState
) -> Iterator[FileConcern]:
    """Yield what a person may want to check; none of it prevents the print."""
    if file.printer is not None:
        meant = sliced_for(file.printer)
        if meant is None:
            yield FileConcern.PRINTER_UNKNOWN
        elif meant is not model:
            yield FileConcern.PRINTER_DIFFERS
    fitted = _diameters(state.nozzle_size or "")
    if file.nozzles and fitted and not set(file.nozzles) <= set(fitted):
        yield FileConcern.NOZZLE_DIFFERS


def _diameters(said: str) -> list[float]:
    """Return the sizes in a text such as ``0.4mm, 0.6mm``."""
    found: list[float] = []
    for part in said.split(","):
        try:
            found.append(float(part.strip().removesuffix("mm").strip()))
        except ValueError:
            return []
    return found


def _size(sides: tuple[float, ...]) -> str:
    return " × ".join(f"{side:g}" for side in sides)
