"""What the papers link to and what code and papers cite is in the repository."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
import re
from urllib.parse import unquote

import pytest

from ..support import ROOT

DOCS = ROOT / "docs"
PROTOCOL = DOCS / "protocol"
FIXTURES = ROOT / "tests" / "fixtures"

PAPERS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted(DOCS.rglob("*.md")),
    *(ROOT / folder / "README.md" for folder in ("simulator", "bench")),
    FIXTURES / "README.md",
]
MODULES = [
    path
    for folder in ("custom_components", "simulator", "bench", "scripts", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if path != Path(__file__)
]

# A heading is cited by its words when these stand right before a closing parenthesis.
_WORDS = r"(?:,\ (?P<{}>(?!law|rule|no\.|verdict)[a-z][^().;,§]{{2,30}})(?=\)))?"
CITATION = re.compile(
    rf"""
    (?P<paper>(?:[\w.-]+/)*[\w-]+\.md){_WORDS.format("heading")}
    | §(?P<section>\d+(?:\.\d+)*)(?:[-–](?P<last>\d+))?
        {_WORDS.format("part")}
    | \b(?P<kind>law|rule|no\.|verdict)\ (?P<number>\d+)
    | (?P<stray>§)
    """,
    re.VERBOSE,
)
BETWEEN = ("", " ", ", ", " and ", " or ")
"""What may stand between a paper, its section, and the number of a rule there."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a paper: its anchor, its text, and the text below it."""

    anchor: str
    title: str
    body: str

    @property
    def section(self) -> str:
        """The number in front of the title, empty without one."""
        match = re.match(r"(\d+(?:\.\d+)*)\.? ", self.title)
        return match[1] if match else ""

    def counts(self, number: str) -> bool:
        """Return whether a list or a table below it has an item of this number."""
        item = rf"^(?:{number}\. |\| {number} \|)"
        return re.search(item, self.body, re.MULTILINE) is not None


def without_code(text: str) -> str:
    """Return a paper without its blocks of code."""
    return re.sub(r"^(```|~~~).*?^\1\s*$", "", text, flags=re.DOTALL | re.MULTILINE)


def anchor_of(title: str) -> str:
    """Return the anchor that GitHub gives to a heading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    return re.sub(r"[^\w\- ]", "", plain.lower()).replace(" ", "-")


@cache
def headings(paper: Path) -> tuple[Heading, ...]:
    """Return the headings of a paper, each with all text up to the next of its level."""
    text = without_code(paper.read_text())
    found = [*re.finditer(r"^(#{1,6}) +(.+?) *$", text, re.MULTILINE)]
    seen: Counter[str] = Counter()
    result = []
    for place, match in enumerate(found):
        anchor = anchor_of(match[2])
        again = f"-{seen[anchor]}" if seen[anchor] else ""
        seen[anchor] += 1
        following = (
            later.start()
            for later in found[place + 1 :]
            if len(later[1]) <= len(match[1])
        )
        body = text[match.end() : next(following, len(text))]
        result.append(Heading(anchor + again, match[2], body))
    return tuple(result)


def section(paper: Path, number: str) -> Heading | None:
    return next((each for each in headings(paper) if each.section == number), None)


def titled(paper: Path, words: str) -> Heading | None:
    return next(
        (each for each in headings(paper) if words.lower() in each.title.lower()), None
    )


def links(text: str) -> Iterator[str]:
    """Return what a paper links to, pictures included."""
    text = re.sub(r"`[^`\n]*`", "", without_code(text))
    yield from re.findall(r"\]\(<?([^)\s>]+)>?(?:\s+\"[^\"]*\")?\)", text)
    yield from re.findall(r"^\[[^\]]+\]: +<?(\S+?)>?(?:\s|$)", text, re.MULTILINE)
    yield from re.findall(r"<(?:a|img|source)\b[^>]*?(?:href|src)=\"([^\"]+)\"", text)


def what_is_broken(paper: Path, link: str) -> str | None:
    """Return what is wrong with a link, None for one that leads somewhere."""
    if re.match(r"[a-z][a-z+.-]*:", link):
        return None
    name, _, anchor = link.partition("#")
    target = (paper.parent / unquote(name)).resolve() if name else paper
    if not target.is_relative_to(ROOT):
        return "leads out of the repository"
    if not target.exists():
        return "does not exist"
    if not anchor:
        return None
    if target.suffix != ".md":
        return "has an anchor, but is not a paper"
    known = {each.anchor for each in headings(target)}
    return None if unquote(anchor) in known else "has no such heading"


class Citations:
    """Reads what a file cites, and says what of it is not there.

    A section that stands alone belongs to the paper that the file named last; in a paper
    it belongs to that paper itself.
    """

    def __init__(self, file: Path, text: str) -> None:
        self.file = file
        # A citation may go on in the next line of a docstring or a comment.
        self.text = re.sub(r"\s*\n\s*(?:#:?\s+)?", " ", text)
        self.own = file if file.suffix == ".md" else None
        self.paper = self.own
        self.place: Heading | None = None
        self.end = 0
        self.found = 0

    def problems(self) -> Iterator[str]:
        for match in CITATION.finditer(self.text):
            said = self.text[max(0, match.start() - 30) : match.end() + 10]
            yield from (f"…{said}…: {what}" for what in self._judge(match))

    def _judge(self, match: re.Match[str]) -> Iterator[str]:
        near = self.text[self.end : match.start()] in BETWEEN
        if match["stray"]:
            yield "which section?"
        elif match["paper"]:
            yield from self._named(match)
        elif match["section"]:
            if self.own is not None and not near:
                self.paper = self.own
            yield from self._section(match)
        elif match["kind"] == "verdict":
            paper = PROTOCOL / "adventurer-3-4.md"
            yield from self._number(paper, titled(paper, "Verdicts"), match["number"])
        elif near and self.paper is not None:
            if match["kind"] == "law":
                self.place = titled(self.paper, "Laws")
            yield from self._number(self.paper, self.place, match["number"])
            self.end = match.end()

    def _named(self, match: re.Match[str]) -> Iterator[str]:
        name = match["paper"]
        paper = self._paper(name)
        if paper is None:
            if "/" in name or self.text[match.end() :].startswith(" §"):
                yield "there is no such paper"
            return
        self.found += 1
        self.paper, self.place = paper, None
        self.end = match.end()
        yield from self._words(match["heading"])

    def _paper(self, name: str) -> Path | None:
        """Return the paper at a path, None when there is none.

        A path starts at the root of the repository, in a paper also at its folder.
        """
        starts = [ROOT] if self.own is None else [self.own.parent, ROOT]
        found = (start / name for start in starts if "/" in name or start != ROOT)
        return next((paper for paper in found if paper.exists()), None)

    def _section(self, match: re.Match[str]) -> Iterator[str]:
        self.end = match.end()
        if self.paper is None:
            yield "of which paper?"
            return
        numbers = [match["section"]]
        if match["last"]:
            first, last = int(match["section"]), int(match["last"])
            numbers = [str(number) for number in range(first, last + 1)]
        for number in numbers:
            self.found += 1
            self.place = section(self.paper, number)
            if self.place is None:
                yield f"{self.paper.name} has no section {number}"
        if self.place is not None:
            yield from self._words(match["part"])

    def _words(self, words: str | None) -> Iterator[str]:
        """Judge a heading that is cited by its words."""
        if words is None or self.paper is None:
            return
        heading = titled(self.paper, words)
        within = self.place is None or f" {words}".lower() in self.place.body.lower()
        if heading is None or not within:
            yield f"{self.paper.name} has no heading {words!r} there"

    def _number(self, paper: Path, place: Heading | None, number: str) -> Iterator[str]:
        self.found += 1
        if place is None or not place.counts(number):
            yield f"{paper.name} has no {number} there"


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def wrong_citations(files: list[Path]) -> dict[str, list[str]]:
    found = {
        relative(file): [*Citations(file, file.read_text()).problems()]
        for file in files
    }
    return {file: problems for file, problems in found.items() if problems}


def test_links_lead_somewhere() -> None:
    broken = {
        f"{relative(paper)}: {link}": what
        for paper in PAPERS
        for link in links(paper.read_text())
        if (what := what_is_broken(paper, link))
    }
    assert broken == {}


def test_code_cites_what_is_there() -> None:
    assert wrong_citations(MODULES) == {}


def test_papers_cite_what_is_there() -> None:
    assert wrong_citations(PAPERS) == {}


def test_papers_name_samples_that_exist() -> None:
    samples = {path.name for path in FIXTURES.iterdir() if path.is_file()}
    named = {
        name
        for paper in (*PROTOCOL.glob("*.md"), FIXTURES / "README.md")
        for name in re.findall(
            r"`((?:captured|detail|discovery|eta|gcode|palettes|product|requests|response"
            r"|tcp|upload)[\w.*]*\.(?:json|hex|txt|bin))`",
            paper.read_text(),
        )
    }
    unknown = {
        name for name in named if not any(fnmatchcase(each, name) for each in samples)
    }
    assert unknown == set()
    # `detail_<model>_<state>.json` stands for many.
    patterns = {*named, "detail_*.json", "README.md"}
    unexplained = {
        each
        for each in samples
        if not any(fnmatchcase(each, name) for name in patterns)
    }
    assert unexplained == set()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"""A rule (docs/protocol/http.md §4.2)."""', 2),
        ('"""Rules (docs/protocol/detail.md §1–3), and more (§3.2)."""', 5),
        ('"""Rules (docs/protocol/tcp.md §1, §3 and §5)."""', 4),
        ('"""A rule (docs/protocol/http.md\n    §2.4)."""', 2),
        ("    # A rule (docs/protocol/http.md\n    # §2.4).\n", 2),
        ('"""A contradiction (docs/protocol/README.md §8 no. 55)."""', 3),
        ('"""A rule (docs/protocol/material-station.md §5, rule 7)."""', 3),
        ('"""A heading (docs/protocol/camera.md, load limits)."""', 1),
        ('"""A heading (docs/protocol/http.md §7, file names)."""', 2),
        ('"""A law (docs/design.md, law 4): or (docs/design.md, law 10)."""', 4),
        ('"""The pace (docs/design.md, timing)."""', 1),
        ('"""A form (docs/protocol/adventurer-3-4.md §1, verdict 2)."""', 3),
        ('"""Keys (docs/packaging.md §2, §4)."""', 3),
    ],
)
def test_citation_is_followed(text: str, found: int) -> None:
    citations = Citations(ROOT / "a.py", text)
    assert [*citations.problems()] == []
    assert citations.found == found


@pytest.mark.parametrize(
    "text",
    [
        '"""No paper (docs/protocol/https.md §1)."""',
        '"""No paper (guide/layout.md)."""',
        '"""No path (protocol/http.md §1)."""',
        '"""No path (http.md §1)."""',
        '"""No paper (docs/protocol/tcp.md §1), (https.md §1)."""',
        '"""No section (docs/protocol/http.md §9)."""',
        '"""No section (docs/protocol/http.md §4.9)."""',
        '"""No section (docs/protocol/http.md §7–9)."""',
        '"""No section (docs/protocol/http.md §1, and then §12)."""',
        '"""No section (docs/protocol/http.md\n    §12)."""',
        '"""No paper (§4)."""',
        '"""No number (docs/protocol/http.md §)."""',
        '"""No contradiction (docs/protocol/README.md §8 no. 99)."""',
        '"""No rule (docs/protocol/material-station.md §5, rule 8)."""',
        '"""No heading (docs/protocol/camera.md, burning limits)."""',
        '"""No heading there (docs/protocol/http.md §4, file names)."""',
        '"""No law (docs/design.md, law 11)."""',
        '"""No verdict (docs/protocol/adventurer-3-4.md, verdict 9)."""',
    ],
)
def test_citation_of_nothing_is_noticed(text: str) -> None:
    assert [*Citations(ROOT / "a.py", text).problems()] != []


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("[a](docs/design.md#laws) ![b](docs/images/device.png)", 0),
        ("[a](https://example.com) [b](mailto:somebody@example.com)", 0),
        ("`[a](nowhere.md)`\n```\n[a](nowhere.md)\n```\n", 0),
        ("[a](docs/nowhere.md)", 1),
        ("[a](docs/design.md#flaws)", 1),
        ("[a](#nowhere)", 1),
        ("[a](../elsewhere.md)", 1),
        ("[a][b]\n\n[b]: docs/nowhere.md\n", 1),
        ('<img src="docs/images/nowhere.png">', 1),
    ],
)
def test_broken_link_is_noticed(text: str, broken: int) -> None:
    paper = ROOT / "README.md"
    assert len([each for each in links(text) if what_is_broken(paper, each)]) == broken
