"""Color differences against published pairs, and the palettes."""

import pytest

from custom_components.flashforge.api.models.colors import (
    Lab,
    difference,
    lab,
    name_of,
    nearest,
)
from custom_components.flashforge.api.models.palettes import (
    AD5X_COLORS,
    CREATOR_5_COLORS,
)

# Sharma, Wu, Dalal: "The CIEDE2000 color-difference formula: implementation notes,
# supplementary test data, and mathematical observations", 2005, table 1.
SHARMA: list[tuple[Lab, Lab, float]] = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, 3.1571, -77.2803), (50.0, 0.0, -82.7485), 2.8615),
    ((50.0, 2.8361, -74.0200), (50.0, 0.0, -82.7485), 3.4412),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, -1.1848, -84.8006), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, -0.9009, -85.5211), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, -1.0, 2.0), (50.0, 0.0, 0.0), 2.3669),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0009), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0010), 7.1792),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0011), 7.2195),
    ((50.0, 2.4900, -0.0010), (50.0, -2.4900, 0.0012), 7.2195),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0010, -2.4900), 4.8045),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0011, -2.4900), 4.7461),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (61.0, -5.0, 29.0), 22.8977),
    ((50.0, 2.5, 0.0), (56.0, -27.0, -3.0), 31.9030),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((50.0, 2.5, 0.0), (50.0, 3.1736, 0.5854), 1.0000),
    ((50.0, 2.5, 0.0), (50.0, 3.2972, 0.0), 1.0000),
    ((50.0, 2.5, 0.0), (50.0, 1.8634, 0.5757), 1.0000),
    ((50.0, 2.5, 0.0), (50.0, 3.2592, 0.3350), 1.0000),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((63.0109, -31.0961, -5.8663), (62.8187, -29.7946, -4.0864), 1.2630),
    ((61.2901, 3.7196, -5.3901), (61.4292, 2.2480, -4.9620), 1.8731),
    ((35.0831, -44.1164, 3.7933), (35.0232, -40.0716, 1.5901), 1.8645),
    ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
    ((36.4612, 47.8580, 18.3852), (36.2715, 50.5065, 21.2231), 1.4146),
    ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ((90.9257, -0.5406, -0.9208), (88.6381, -0.8985, -0.7239), 1.5381),
    ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("first", "second", "expected"), SHARMA)
def test_published_pairs(first: Lab, second: Lab, expected: float) -> None:
    assert difference(first, second) == pytest.approx(expected, abs=5e-5)
    assert difference(second, first) == pytest.approx(expected, abs=5e-5)


@pytest.mark.parametrize(
    ("color", "expected"),
    [
        ("#FFFFFF", (100.0, 0.0, 0.0)),
        ("#000000", (0.0, 0.0, 0.0)),
        ("#FF0000", (53.24, 80.09, 67.20)),
        ("#00FF00", (87.73, -86.18, 83.18)),
        ("#0000FF", (32.30, 79.19, -107.86)),
    ],
)
def test_srgb_corners(color: str, expected: Lab) -> None:
    assert lab(color) == pytest.approx(expected, abs=0.02)


@pytest.mark.parametrize("entry", [*AD5X_COLORS, *CREATOR_5_COLORS])
def test_palette_colors_are_themselves(entry: tuple[str, str]) -> None:
    palette = AD5X_COLORS if entry in AD5X_COLORS else CREATOR_5_COLORS
    assert nearest(entry[1], palette) == entry
    assert nearest(entry[1].removeprefix("#").lower(), palette) == entry
    assert name_of(entry[1], palette) == entry[0]


@pytest.mark.parametrize(
    ("color", "name"),
    [
        ("#D02020", "red"),
        ("#0A0A0A", "black"),
        ("#FFFF0A", "yellow"),
        ("#0080FF", "blue"),
        ("#FEFEFE", "white"),
        ("#808080", "gray"),
    ],
)
def test_nearest_looks_alike(color: str, name: str) -> None:
    assert name_of(color, CREATOR_5_COLORS) == name
    assert nearest(color, AD5X_COLORS)[0] == name


@pytest.mark.parametrize("color", ["", "?", "red", "#12345", "#GGGGGG"])
def test_what_is_no_color(color: str) -> None:
    assert name_of(color, AD5X_COLORS) is None
    assert nearest(color, AD5X_COLORS) == ("white", "#FFFFFF")


def test_no_palette() -> None:
    assert name_of("#FFFFFF", ()) is None
    assert name_of(None, AD5X_COLORS) is None
    with pytest.raises(ValueError, match="palette"):
        nearest("#FFFFFF", ())
