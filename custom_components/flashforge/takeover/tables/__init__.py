"""What each other integration left, and what becomes of it: one table for each."""

from .cestmoiroma import CESTMOIROMA
from .ghosttypes import GHOSTTYPES
from .jmccumberio import JMCCUMBERIO
from .joseffallman import JOSEFFALLMAN
from .kruzhkov import KRUZHKOV
from .modrzew import MODRZEW
from .pcartwright81 import PCARTWRIGHT81
from .peer import Peer

PEERS: dict[str, Peer] = {
    peer.name: peer
    for peer in (
        CESTMOIROMA,
        GHOSTTYPES,
        JMCCUMBERIO,
        JOSEFFALLMAN,
        KRUZHKOV,
        MODRZEW,
        PCARTWRIGHT81,
    )
}
"""All other integrations that are known, by name."""
