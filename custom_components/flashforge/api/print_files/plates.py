"""The plates of a 3mf as its slicer lists them in XML."""

from collections.abc import Iterable
from dataclasses import replace
from xml.parsers import expat

from ..prints import FileTool, SlicedFile
from ..wire.fields import amount, count, text as read_text
from .slices import slices
from .values import MAX_TOOLS, duration, tool_color

_XML_SLICE = 16 * 1024
_LONGEST_TAG = 48 * 1024
LONGEST_VALUE = 200
"""Characters of a value; no slicer writes a longer one."""

_MOST_PLATES = 256
# A tag is one step for the reader of XML, in which no other thread runs.


class _XmlRefusedError(ValueError):
    """XML that no slicer writes: with a document type, or with too many plates."""


def _refuse(*_: object) -> None:
    raise _XmlRefusedError


_PLATE_FACTS = frozenset({"index", "prediction", "weight"})
_FILAMENT_FACTS = frozenset({"id", "type", "color", "used_m", "used_g"})


def _known(pairs: Iterable[tuple[str, str]], names: frozenset[str]) -> dict[str, str]:
    """Return the facts of these names, without those too long for any."""
    return {
        name: value
        for name, value in pairs
        if name in names and len(value) <= LONGEST_VALUE
    }


class Plate:
    """The facts and filaments of one plate, as written."""

    def __init__(self) -> None:
        """Begin with nothing known."""
        self.facts: dict[str, str] = {}
        self.filaments: list[dict[str, str]] = []

    def tool(self, filament: dict[str, str]) -> FileTool | None:
        """Return a tool, which has a number from 1 here; its weight only if it is certain."""
        number = count(filament.get("id"))
        if not number or number > MAX_TOOLS:
            return None
        weight = amount(filament.get("used_g"))
        if amount(filament.get("used_m")):
            # A profile without a density, or less than a hundredth of a gram.
            weight = weight or None
        return FileTool(
            tool=number - 1,
            material=read_text(filament.get("type")),
            color=tool_color(filament.get("color")),
            weight=weight,
        )

    def sliced(self) -> SlicedFile:
        """Return what is known of the plate."""
        found = map(self.tool, self.filaments)
        tools = {each.tool: each for each in found if each is not None}
        if not any(each.weight != 0 for each in tools.values()):
            # No print uses nothing.
            tools = {at: replace(each, weight=None) for at, each in tools.items()}
        return SlicedFile(
            print_time=duration(self.facts.get("prediction", "")),
            weight=amount(self.facts.get("weight")) or None,
            tools=tuple(tools[number] for number in sorted(tools)) or None,
        )


def read_plates(data: bytes) -> list[Plate]:
    """Return the plates of a slicer's XML, none of one that is not in order.

    It is read as it comes, without a tree and without a document type, so there is
    nothing that could grow. Half a list of filaments would be worse than none.
    """
    plates: list[Plate] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "plate":
            if len(plates) == _MOST_PLATES:
                raise _XmlRefusedError
            plates.append(Plate())
        elif plates and name == "metadata":
            said = (attributes.get("key", ""), attributes.get("value", ""))
            plates[-1].facts |= _known((said,), _PLATE_FACTS)
        elif plates and name == "filament" and len(plates[-1].filaments) < MAX_TOOLS:
            plates[-1].filaments.append(_known(attributes.items(), _FILAMENT_FACTS))

    parser = expat.ParserCreate("utf-8")
    # Otherwise it keeps back what it was given, and a step has no limit.
    parser.SetReparseDeferralEnabled(False)
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse
    given = 0
    try:
        for piece in slices(data, _XML_SLICE):
            parser.Parse(piece, False)
            given += len(piece)
            if given - max(parser.CurrentByteIndex, 0) > _LONGEST_TAG:
                return []
        parser.Parse(b"", True)
    except expat.ExpatError, ValueError:
        return []
    return plates
