"""Who a printer is, and whether an answer can be its own (docs/design.md, law 4)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who answered. ``/detail`` carries no serial number (docs/design.md, law 4).

    Only the line protocol reports one.
    """

    pid: int | None = None
    name: str | None = None
    model_name: str | None = None
    firmware: str | None = None
    mac: str | None = None
    serial: str | None = None

    def admits(self, other: Identity) -> bool:
        """Return whether an answer with the identity ``other`` can be of this printer.

        Product id, MAC address and serial number decide; one that either side lacks is
        not compared.
        """
        return (
            (self.pid is None or other.pid in {None, self.pid})
            and (
                self.mac is None
                or other.mac in {None, self.mac}
                or _digits(self.mac) == _digits(other.mac)
            )
            and (
                self.serial is None
                or other.serial is None
                or self.serial.removeprefix("SN") == other.serial.removeprefix("SN")
            )
        )


def _digits(mac: str) -> str:
    return "".join(char for char in mac.lower() if char.isalnum())
