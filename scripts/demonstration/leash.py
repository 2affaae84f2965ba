<<<<<<< HEAD
"""Runs another program, and ends it when the program that started it is gone.
=======
"""Becomes another program, which is stopped when the program that started it ends.
>>>>>>> main

    python leash.py PROGRAM [ARGUMENT …]

Without this, killing the demo with SIGKILL would leave Home Assistant running.
"""

import ctypes
import os
import signal
import sys

<<<<<<< HEAD
# Its number in <linux/prctl.h>; other systems do not have it.
=======
# Its number in <linux/prctl.h>; other systems have no such call.
>>>>>>> main
PR_SET_PDEATHSIG = 1

if sys.platform == "linux":
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
os.execv(sys.argv[1], sys.argv[1:])
