"""Attributes of a machine that belong to one of its parts."""

from typing import Never, Protocol, overload, override

from .timeline import Timeline


class Timed(Protocol):
    """A machine whose parts depend on the time."""

    @property
    def timeline(self) -> Timeline:
        """The time of the parts, which brings them up to date."""


class Reading[T]:
    """An attribute of a part under the same name, up to date whenever it is read."""

    def __init__(self, part: str) -> None:
        """Take the name of the part."""
        self.part = part
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name of the attribute."""
        self.name = name

    @overload
    def __get__(self, machine: None, owner: type) -> Reading[T]: ...
    @overload
    def __get__(self, machine: Timed, owner: type) -> T: ...
    def __get__(self, machine: Timed | None, owner: type) -> T | Reading[T]:
        """Read the value as it is now."""
        if machine is None:
            return self
        machine.timeline.sync()
        value: T = getattr(getattr(machine, self.part), self.name)
        return value

    def __set__(self, machine: Timed, value: Never) -> None:
        """Refuse to be set: AttributeError."""
        raise AttributeError(f"{self.name} can only be read")


class Knob[T](Reading[T]):
    """A reading that can be set as well."""

    @override
    def __set__(self, machine: Timed, value: T) -> None:
        """Set the value from now on."""
        with machine.timeline.acting():
            setattr(getattr(machine, self.part), self.name, value)
