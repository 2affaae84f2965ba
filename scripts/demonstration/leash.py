"""Becomes another program, which is stopped when the program that started it ends.

    python leash.py PROGRAM [ARGUMENT …]

Without this, killing the demo with SIGKILL would leave Home Assistant running.
"""

import ctypes
import os
import signal
import sys

# Its number in <linux/prctl.h>; other systems have no such call.
PR_SET_PDEATHSIG = 1

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
os.execv(sys.argv[1], sys.argv[1:])
