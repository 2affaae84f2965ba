"""The position of the head: axes in mm, within the volume of the machine."""

from collections.abc import Mapping

AXES = ("x", "y", "z")

_HOME_Z = 200.0
"""The Z position after homing, as captured (docs/protocol/tcp.md §3)."""


class Motion:
    """The axes of a machine.

    X and Y count from the middle of the plate, Z from the nozzle downwards. With `relative`
    G-code moves are distances. `extruded` is the filament pushed so far, in mm.
    """

    def __init__(self, volume: tuple[int, int, int]) -> None:
        """Begin at an unknown position, as after power on."""
        width, depth, height = volume
        self._limits = {
            "x": (-width / 2, width / 2),
            "y": (-depth / 2, depth / 2),
            "z": (0.0, float(height)),
        }
        self.position = dict.fromkeys(AXES, 0.0)
        self.extruder = 0.0
        self.extruded = 0.0
        self.relative = False
        self.homed = False

    def forget(self) -> None:
        """Forget the position, as after power off."""
        self.position = dict.fromkeys(AXES, 0.0)
        self.extruder = 0.0
        self.relative = self.homed = False

    def home(self) -> None:
        """Move to the end of all axes."""
        self.position = {axis: self._limits[axis][1] for axis in AXES}
        self.position["z"] = min(_HOME_Z, self._limits["z"][1])
        self.homed = True

    def go(self, targets: Mapping[str, float], *, relative: bool) -> None:
        """Move axes by a distance or to a position in mm; they stop at their ends."""
        for axis, value in targets.items():
            low, high = self._limits[axis]
            goal = self.position[axis] + value if relative else value
            self.position[axis] = round(min(max(goal, low), high), 3)

    def extrude(self, millimeters: float) -> None:
        """Push filament by mm, or pull it back."""
        self.extruder = round(self.extruder + millimeters, 3)
        self.extruded = round(self.extruded + millimeters, 3)
