"""The configuration folder of the demo's Home Assistant, with all setup questions answered."""

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
import json
import os
from pathlib import Path
import secrets
import shutil

import bcrypt

from . import prints, receiver

type Json = Mapping[str, Json] | list[Json] | str | int | float | bool | None

INTEGRATION = "flashforge"
LOOPBACK = "127.0.0.1"
_USER_ID = "de3000000000400080000000000f1a5f"
_USER_NAME = "demo"
_EVER = "2026-01-01T00:00:00+00:00"

_CONFIGURATION = """\
# Written by scripts/demo at every start; changes do not last.
homeassistant:
  name: Workshop
  unit_system: metric
  time_zone: {time_zone}
  country: DE
  currency: EUR
  language: en
  auth_providers:
    # Nobody has to log in from this machine itself, and only from there.
    - type: trusted_networks
      trusted_networks: [{loopback}]
      allow_bypass_login: true
    - type: homeassistant
  media_dirs:
    local: {media}
automation: !include automations.yaml
frontend:
config:
recorder:
  commit_interval: 1
history:
logbook:
media_source:
logger:
  default: warning
  logs:
    custom_components.{integration}: info
"""

_SEEDS: Mapping[str, tuple[int, int, Json]] = {
    "onboarding": (
        4,
        1,
        {"done": ["user", "core_config", "analytics", "integration"]},
    ),
    "auth": (
        1,
        1,
        {
            "groups": [
                {"id": "system-admin", "name": "Administrators"},
                {"id": "system-users", "name": "Users"},
                {"id": "system-read-only", "name": "Read Only"},
            ],
            "users": [
                {
                    "id": _USER_ID,
                    "group_ids": ["system-admin"],
                    "is_owner": True,
                    "is_active": True,
                    "name": _USER_NAME.title(),
                    "system_generated": False,
                    "local_only": False,
                }
            ],
            "credentials": [],
            "refresh_tokens": [],
        },
    ),
    # Discovery uses these interfaces only: nothing leaves this computer.
    "core.network": (1, 1, {"configured_adapters": ["lo", "lo0"]}),
    # The marketplace is ignored so that it sends no requests to GitHub, and the backup
    # because a demo needs none.
    "core.config_entries": (
        1,
        5,
        {
            "entries": [
                {
                    "created_at": _EVER,
                    "data": {},
                    "discovery_keys": {},
                    "disabled_by": "user",
                    "domain": domain,
                    "entry_id": f"01DEM0{number:020d}",
                    "minor_version": 1,
                    "modified_at": _EVER,
                    "options": {},
                    "pref_disable_new_entities": False,
                    "pref_disable_polling": False,
                    "source": "system",
                    "subentries": [],
                    "title": domain.title(),
                    "unique_id": None,
                    "version": 1,
                }
                for number, domain in enumerate(("backup", "marketplace"))
            ]
        },
    ),
}
"""Version, minor version and data of each store that a new folder starts with."""


@dataclass(frozen=True, slots=True)
class Home:
    """Take the folder of the configuration."""

    folder: Path

    @property
    def log(self) -> Path:
        """The log file of Home Assistant."""
        return self.folder / "home-assistant.log"

    @property
    def console(self) -> Path:
        """The output of Home Assistant outside of its log."""
        return self.folder / "console.log"

    def read_log(self) -> str:
        """Return the log of Home Assistant so far."""
        if not self.log.exists():
            return ""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wipe(self) -> None:
        """Delete the whole configuration."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def prepare(self, integration: Path, hosts: Sequence[str], port: int) -> None:
        """Write missing files, and files that may differ from the last start."""
        (self.folder / ".storage").mkdir(parents=True, exist_ok=True)
        media = self.folder / "media"
        prints.lay_out(media)
        configuration = _CONFIGURATION.format(
            time_zone=time_zone(),
            loopback=LOOPBACK,
            integration=INTEGRATION,
            media=media,
        )
        self._write_text("configuration.yaml", configuration)
        self._write_text("automations.yaml", prints.AUTOMATIONS)
        for key, (version, minor_version, data) in _SEEDS.items():
            if not self._store(key).exists():
                self._write(key, version, minor_version, data)
        # Version 1 is the plain form of the settings; Home Assistant completes it.
        self._write("http", 1, 1, {"server_host": [*hosts], "server_port": port})
        receiver.lay_out(self.folder)
        self._link(integration)
        for log in (self.log, self.console):
            log.unlink(missing_ok=True)

    def set_password(self) -> tuple[str, str]:
        """Return a user name and a new password, for other computers."""
        password = secrets.token_urlsafe(9)
        hashed = bcrypt.hashpw(password.encode(), bcrypt.gensalt())
        coded = base64.b64encode(hashed).decode()
        self._write(
            "auth_provider.homeassistant",
            1,
            1,
            {"users": [{"username": _USER_NAME, "password": coded}]},
        )
        auth = json.loads(self._store("auth").read_text(encoding="utf-8"))
        credentials = auth["data"]["credentials"]
        if not any(
            item["auth_provider_type"] == "homeassistant" for item in credentials
        ):
            credentials.append(
                {
                    "id": secrets.token_hex(16),
                    "user_id": _USER_ID,
                    "auth_provider_type": "homeassistant",
                    "auth_provider_id": None,
                    "data": {"username": _USER_NAME},
                }
            )
            self._write("auth", auth["version"], auth["minor_version"], auth["data"])
        return _USER_NAME, password

    def _write_text(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, encoding="utf-8")

    def _link(self, integration: Path) -> None:
        link = self.folder / "custom_components" / INTEGRATION
        link.parent.mkdir(exist_ok=True)
        if link.is_symlink():
            link.unlink()
        link.symlink_to(integration, target_is_directory=True)

    def _store(self, key: str) -> Path:
        return self.folder / ".storage" / key

    def _write(self, key: str, version: int, minor_version: int, data: Json) -> None:
        content = {
            "version": version,
            "minor_version": minor_version,
            "key": key,
            "data": data,
        }
        path = self._store(key)
        path.write_text(json.dumps(content, indent=2), encoding="utf-8")
        # Some of these stores hold secrets; Home Assistant uses the same permissions.
        path.chmod(0o600)


def time_zone() -> str:
    """Return the name of this machine's time zone, UTC if it is unknown."""
    if name := os.environ.get("TZ", "").lstrip(":"):
        return name
    local = Path("/etc/localtime")
    found = local.resolve().as_posix().partition("zoneinfo/")[2]
    return found or "UTC"
