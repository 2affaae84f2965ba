"""Sliced files for the demo's media folder, and the automation that prints one."""

from pathlib import Path

from simulator import StoredFile, Tool
from simulator.print_files.slicing import write_sliced

SAMPLES = (
    StoredFile(
        "gift_tag.3mf",
        1500,
        60,
        (Tool("PLA", "#F72224", 6.0), Tool("PLA", "#FFFFFF", 9.0)),
    ),
    StoredFile("vase.3mf", 5400, 300, (Tool("PETG", "#2750E0", 31.0),)),
    StoredFile("cable_clip.gcode", 600, 40, (Tool("PLA", "#161616", 2.4),)),
)
"""A file of two colors, one of a material that is not loaded, and a small one."""

EVENT = "print_gift_tag"
"""The event that starts the automation."""

AUTOMATIONS = """\
- id: print_gift_tag
  alias: Print the gift tag on a free printer
  description: >-
    Run it by hand, or fire the event print_gift_tag. It takes the first printer that is
    idle, or the one whose device ID the event carries, uploads the file from the media
    folder and prints it with the slots that match.
  mode: queued
  triggers:
    - trigger: event
      event_type: print_gift_tag
  actions:
    - variables:
        file: "{{ (trigger.event.data.file | default) if trigger.event is defined else none }}"
        printer: >-
          {{ (trigger.event.data.device_id if trigger.event is defined else none)
             | default(integration_entities('flashforge')
                       | select('match', '^sensor[.]')
                       | select('is_state', 'idle')
                       | map('device_id') | first, true) }}
    - action: flashforge.upload_file
      data:
        device_id: "{{ printer }}"
        media: "media-source://media_source/local/{{ file or 'gift_tag.3mf' }}"
        print_now: true
        leveling: false
      response_variable: print
    - action: persistent_notification.create
      data:
        title: "{{ device_attr(printer, 'name') }} prints {{ print.file_name }}"
        message: >-
          {% for part in print.materials %}
          Tool {{ part.tool }}: {{ part.material }} from slot {{ part.slot }}.
          {% endfor %}
"""


def lay_out(folder: Path) -> None:
    """Write missing samples into a media folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for sample in SAMPLES:
        path = folder / sample.name
        if not path.exists():
            write_sliced(path, sample)
