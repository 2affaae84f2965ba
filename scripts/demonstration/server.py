"""The process of Home Assistant: started, observed and always stopped."""

import asyncio
from asyncio.subprocess import Process
from collections.abc import Callable
import os
from pathlib import Path
import sys

import aiohttp

from .home import Home

_NATIVE = Path(__file__).resolve().parents[2] / ".cache" / "native"
_LEASH = Path(__file__).with_name("leash.py")
_START_SECONDS = 600
_STOP_SECONDS = 30
_LINES_TO_SHOW = 25
_GAVE_UP = "Further initialization aborted"

# Home Assistant's own pins of these need a compiler; requirements_demo.txt brings
# versions that are built already.
_BUILT_ALREADY = "pymicro-vad,pyspeex-noise"


class DemoError(Exception):
    """The demo cannot continue; the text gives the reason."""


class Server:
    """Home Assistant in a process of its own."""

    def __init__(self, home: Home, port: int) -> None:
        """Take the configuration and the port."""
        self.base = f"http://127.0.0.1:{port}"
        self._home = home
        self._process: Process | None = None

    async def start(self) -> None:
        """Start the process; it is up when `wait_until_up` returns."""
        hass = Path(sys.executable).with_name("hass")
        environment = {
            name: value
            for name, value in os.environ.items()
            # With these the new process would use the packages of this one.
            if name not in {"PYTHONPATH", "PYTHONHOME", "SETUP_PORT"}
        }
        # Libraries that scripts/setup downloaded in case the system lacks them.
        for name in ("PATH", "LD_LIBRARY_PATH"):
            found = [str(_NATIVE), *filter(None, [environment.get(name)])]
            environment[name] = os.pathsep.join(found)
        with self._home.console.open("wb") as console:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                _LEASH,
                hass,
                "--config",
                self._home.folder,
                "--log-file",
                self._home.log,
                "--log-no-color",
                "--ignore-os-check",
                "--skip-pip-packages",
                _BUILT_ALREADY,
                cwd=self._home.folder,
                env=environment,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=console,
                stderr=console,
                # Ctrl-C is for the demo, which stops Home Assistant properly.
                start_new_session=True,
            )

    async def wait_until_up(self, tell: Callable[[float], None]) -> None:
        """Return once it answers; DemoError if it ends or takes too long.

        ``tell`` is called about twice a second with the seconds so far.
        """
        loop = asyncio.get_running_loop()
        start = loop.time()
        async with aiohttp.ClientSession() as session:
            while not await self._answers(session):
                self.check()
                passed = loop.time() - start
                if passed > _START_SECONDS:
                    raise DemoError(self.failure("does not answer"))
                tell(passed)
                await asyncio.sleep(0.4)

    async def _answers(self, session: aiohttp.ClientSession) -> bool:
        try:
            async with session.get(f"{self.base}/auth/providers") as response:
                return response.status == 200
        except aiohttp.ClientError:
            return False

    def check(self) -> None:
        """Raise DemoError if the process has ended or cannot start."""
        if self._process is not None and self._process.returncode is not None:
            raise DemoError(self.failure(f"ended with {self._process.returncode}"))
        if _GAVE_UP in self._home.read_log():
            raise DemoError(self.failure("gave up starting"))

    async def wait(self) -> int:
        """Return the exit code once the process ends."""
        return 0 if self._process is None else await self._process.wait()

    async def stop(self) -> None:
        """Ask it to stop, and kill it if it does not."""
        if (process := self._process) is None or process.returncode is not None:
            return
        process.terminate()
        try:
            async with asyncio.timeout(_STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()

    def failure(self, what: str) -> str:
        """Return what happened, with the last lines of the log."""
        lines: list[str] = []
        for path in (self._home.log, self._home.console):
            if path.exists():
                text = path.read_text(encoding="utf-8", errors="replace")
                lines += text.splitlines()[-_LINES_TO_SHOW:]
        return "\n".join(
            [f"Home Assistant {what}. The end of its log ({self._home.log}):", *lines]
        )
