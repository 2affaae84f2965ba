"""When a printer is asked again who it is: seldom, and after whatever may have changed it."""

from .report import MachineReport

WHO_EVERY = 20
"""After so many polls a printer is asked again who it is."""

RENAME_POLLS = 30
"""Polls after a rename in each of which it is asked for its name."""


class Who:
    """Who one printer said that it is, as long as that holds."""

    def __init__(self) -> None:
        """Begin with a printer that was not asked."""
        self._machine: MachineReport | None = None
        self._polls = self._renames = 0

    def take(self) -> MachineReport | None:
        """Return who it is for one poll, None when it has to be asked.

        It is not kept: whoever answers after a failure may be another printer.
        """
        machine, self._machine = self._machine, None
        renamed, self._renames = self._renames > 0, max(self._renames - 1, 0)
        if machine is None or renamed or self._polls >= WHO_EVERY:
            self._polls = 0
            return None
        self._polls += 1
        return machine

    def keep(self, machine: MachineReport) -> None:
        """Keep who it is: the poll went well."""
        self._machine = machine

    def forget(self) -> None:
        """Ask again with the next poll."""
        self._machine = None

    def rename(self) -> None:
        """Ask for the name with each of the next polls."""
        self._renames = RENAME_POLLS
