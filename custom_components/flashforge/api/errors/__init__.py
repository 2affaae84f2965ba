"""What can go wrong with a printer, as types.

Each type is one situation that a person handles in one way. It has a key and the facts
of its text. Config flow, polling and commands look up the text by the key, so a new type
needs only its translations.
"""

from .base import *  # noqa: F403
from .connection import *  # noqa: F403
from .files import *  # noqa: F403
from .matching import *  # noqa: F403
from .refusals import *  # noqa: F403
