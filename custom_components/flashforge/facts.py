"""What a printer is whether or not it answers, kept in its entry."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from .api.state import Identity, PrinterState, Product


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What does not change from poll to poll.

    ``model`` is the printer's own name of its model, ``tools`` and ``slots`` count its
    nozzles and material slots, ``product`` is its last answer to ``/product``.
    ``starts_files`` and ``ignores_start`` are the versions of the firmware that were seen
    to start a stored file, and to do nothing after saying that they would
    (protocol/http.md §6.1).
    """

    model: str | None = None
    firmware: str | None = None
    tools: int = 0
    slots: int = 0
    product: Product | None = None
    starts_files: str | None = None
    ignores_start: str | None = None

    @classmethod
    def stored(cls, stored: Mapping[str, Any]) -> Self:
        """Return the facts that ``as_stored`` was made of, as far as they are known."""
        product = stored.get("product")
        return cls(**{**stored, "product": Product(**product) if product else None})

    def as_stored(self) -> dict[str, Any]:
        """Return plain data for the entry."""
        return asdict(self)

    def after(self, state: PrinterState, product: Product | None) -> Facts:
        """Return the facts as of now; what is not said this time stays as it was."""
        slots = len(state.station.slots) if state.station else 0
        return replace(
            self,
            model=state.identity.model_name or self.model,
            firmware=state.identity.firmware or self.firmware,
            tools=len(state.nozzles) or self.tools,
            slots=slots or self.slots,
            product=product or self.product,
        )

    @property
    def is_known_to_start(self) -> bool:
        """Whether the firmware of now was seen to start a stored file."""
        return self.firmware is not None and self.firmware == self.starts_files

    @property
    def is_known_to_ignore(self) -> bool:
        """Whether the firmware of now was seen to ignore the start of a stored file."""
        return self.firmware is not None and self.firmware == self.ignores_start

    def state(self, pid: int | None, mac: str | None) -> PrinterState:
        """Return the state of a printer that was not yet heard of: nothing is known."""
        return PrinterState(
            identity=Identity(
                pid=pid, mac=mac, model_name=self.model, firmware=self.firmware
            )
        )
