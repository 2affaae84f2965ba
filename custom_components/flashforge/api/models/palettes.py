"""Colors and materials that the printers' screens offer (docs/protocol/material-station.md §7-8).

A palette maps the translation key of a color to the exact value that the printer needs.
The printer stores any other color too, but shows it without its icon.
"""

type Palette = tuple[tuple[str, str], ...]
"""Pairs of translation key and ``#RRGGBB``."""

AD5X_COLORS: Palette = (
    ("white", "#FFFFFF"),
    ("yellow", "#FEF043"),
    ("light_green", "#DCF478"),
    ("green", "#0ACC38"),
    ("dark_green", "#067749"),
    ("teal", "#0C6283"),
    ("cyan", "#0DE2A0"),
    ("light_blue", "#75D9F3"),
    ("blue", "#45A8F9"),
    ("dark_blue", "#2750E0"),
    ("purple", "#46328E"),
    ("violet", "#A03CF7"),
    ("magenta", "#F330F9"),
    ("pink", "#D4B0DC"),
    ("coral", "#F95D73"),
    ("red", "#F72224"),
    ("brown", "#7C4B00"),
    ("orange", "#F98D33"),
    ("cream", "#FDEBD5"),
    ("tan", "#D3C4A3"),
    ("dark_brown", "#AF7836"),
    ("gray", "#898989"),
    ("light_gray", "#BCBCBC"),
    ("black", "#161616"),
)

AD5X_MATERIALS: tuple[str, ...] = (
    "PLA",
    "PLA-CF",
    "PETG",
    "PETG-CF",
    "ABS",
    "TPU",
    "SILK",
    "PA",
    "PA-CF",
    "PAHT-CF",
    "PC",
    "PC-ABS",
    "PET-CF",
    "PPS-CF",
)

CREATOR_5_COLORS: Palette = (
    ("white", "#FFFFFF"),
    ("yellow", "#FFF245"),
    ("light_green", "#DEF578"),
    ("green", "#21CC3D"),
    ("dark_green", "#167A4B"),
    ("teal", "#156682"),
    ("cyan", "#24E4A0"),
    ("light_blue", "#7BD9F0"),
    ("blue", "#4CAAF8"),
    ("dark_blue", "#2E54DD"),
    ("purple", "#48358C"),
    ("violet", "#A341F7"),
    ("magenta", "#F435F6"),
    ("pink", "#D5B4DE"),
    ("coral", "#FA6173"),
    ("red", "#F82D29"),
    ("brown", "#805003"),
    ("orange", "#F9903B"),
    ("cream", "#FCEBD7"),
    ("tan", "#D5C5A1"),
    ("dark_brown", "#B17C38"),
    ("gray", "#8C8C89"),
    ("light_gray", "#BEBEBE"),
    ("black", "#1B1B1B"),
)

CREATOR_5_MATERIALS: tuple[str, ...] = (
    "PLA",
    "PETG",
    "PLA-CF",
    "PETG-CF",
    "ABS",
    "ASA",
    "SILK",
    "PET-CF",
    "PAHT-CF",
    "S-PAHT",
    "S-Multi",
    "PA-CF",
    "HIPS",
    "PVA",
    "TPU-90A",
    "TPU-95A",
    "TPU-64D",
    "PC",
    "PA",
    "PC-ABS",
    "PPS-CF",
)
