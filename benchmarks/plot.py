"""Charts as SVG that is readable on light and on dark pages: points in rows, and lines.

Axes are logarithmic, and named with their units. Series differ in colour and in shape.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

# Okabe and Ito's colours, darker on light ground and lighter on dark.
STYLE = """\
text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }
.title { font-size: 15px; font-weight: 600; }
.small { font-size: 12px; }
.strong { font-weight: 600; }
.back { fill: #ffffff; }
.ink { fill: #1f2328; }
.soft { fill: #59636e; }
.band { fill: #eef4fb; }
.grid { stroke: #d8dee4; stroke-width: 1; }
.axis { stroke: #818b98; stroke-width: 1; }
.line { fill: none; stroke-width: 2; stroke-linejoin: round; }
.s0 { color: #0064a8; } .s1 { color: #b64a00; } .s2 { color: #00785a; } .s3 { color: #a0487e; }
.line, .mark { stroke: currentColor; }
.mark { fill: currentColor; }
@media (prefers-color-scheme: dark) {
  .back { fill: #0d1117; }
  .ink { fill: #f0f6fc; }
  .soft { fill: #9da7b3; }
  .band { fill: #17222f; }
  .grid { stroke: #2b323b; }
  .axis { stroke: #6e7781; }
  .s0 { color: #6cb6ff; } .s1 { color: #f5a35c; } .s2 { color: #4fd1a5; } .s3 { color: #e08dbd; }
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """A logarithmic axis: `low` to `high` on the values' side, `start` to `end` in pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return where a value lies."""
        part = math.log10(value / self.low) / math.log10(self.high / self.low)
        return self.start + part * (self.end - self.start)

    def ticks(self) -> list[float]:
        """Return the powers of ten on the axis."""
        first, last = math.ceil(_log(self.low)), math.floor(_log(self.high))
        return [10.0**power for power in range(first, last + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A chart of lines: by their names, points of x and y."""

    title: str
    x: str
    y: str
    lines: Mapping[str, Sequence[tuple[float, float]]]


def rows(
    title: str,
    unit: str,
    series: Sequence[str],
    points: Mapping[str, Mapping[str, float]],
    strong: Iterable[str] = (),
) -> str:
    """Return a chart with a row for each name in `points`, and in it a point for each series."""
    values = [value for row in points.values() for value in row.values()]
    left, width, top, step = 180.0, 780.0, 84.0, 27.0
    bottom = top + step * len(points)
    scale = Scale(low=_below(min(values)), high=_above(max(values)), start=left, end=width - 30)
    parts = [_text(20, 30, title, "title ink")]
    for number, name in enumerate(series):
        x = left + 130 * number
        parts += [_mark(number, x, 54), _text(x + 12, 58, name, "ink")]
    for number, name in enumerate(points):
        if name in strong:
            parts.append(
                f'<rect class="band" x="12" y="{top + step * number}" width="{width - 24}" '
                f'height="{step}" rx="4"/>'
            )
    for tick in scale.ticks():
        x = scale(tick)
        parts.append(_line("grid", x, top, x, bottom))
        parts.append(_text(x, bottom + 20, _number(tick), "small soft", "middle"))
    parts.append(_line("axis", left, bottom, width - 30, bottom))
    parts.append(_text((left + width - 30) / 2, bottom + 42, unit, "soft", "middle"))
    for number, (name, row) in enumerate(points.items()):
        y = top + step * number + step / 2
        look = "ink strong" if name in strong else "ink"
        parts.append(_text(left - 14, y + 4.5, name, look, "end"))
        parts += [_mark(series.index(it), scale(value), y) for it, value in row.items()]
    return _document(width, bottom + 60, title, parts)


def panels(title: str, shown: Sequence[Panel]) -> str:
    """Return charts of lines side by side with one axis of y, and their lines' names below."""
    values = [y for panel in shown for line in panel.lines.values() for _, y in line]
    low, high = _below(min(values)), _above(max(values))
    width, height = 340, 250
    most = max(len(panel.lines) for panel in shown)
    total = height + 136 + 22 * most
    parts = [_text(20, 30, title, "title ink")]
    for number, panel in enumerate(shown):
        parts += _panel(
            panel, width * number, width, Scale(low=low, high=high, start=72 + height, end=72)
        )
    return _document(width * len(shown) + 10, total, title, parts)


def _panel(panel: Panel, left: int, width: int, up: Scale) -> list[str]:
    points = [x for line in panel.lines.values() for x, _ in line]
    start, end = left + 58, left + width - 12
    top, bottom = up.end, up.start
    across = Scale(low=min(points), high=max(points), start=start, end=end - 8)
    parts = [_text(start, top - 14, panel.title, "ink strong")]
    for tick in up.ticks():
        parts.append(_line("grid", start, up(tick), end, up(tick)))
        parts.append(_text(start - 8, up(tick) + 4, _number(tick), "small soft", "end"))
    for tick in across.ticks():
        parts.append(_line("grid", across(tick), top, across(tick), bottom))
        parts.append(_text(across(tick), bottom + 18, _number(tick), "small soft", "middle"))
    parts.append(_line("axis", start, bottom, end, bottom))
    parts.append(_text((start + end) / 2, bottom + 38, panel.x, "small soft", "middle"))
    middle = (top + bottom) / 2
    parts.append(
        f'<text class="small soft" text-anchor="middle" '
        f'transform="translate({left + 18} {middle:g}) rotate(-90)">{escape(panel.y)}</text>'
    )
    for number, (name, line) in enumerate(panel.lines.items()):
        path = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in line)
        parts.append(f'<g class="s{number}"><polyline class="line" points="{path}"/></g>')
        parts += [_mark(number, across(x), up(y)) for x, y in line]
        y = bottom + 64 + 22 * number
        parts += [_mark(number, start + 6, y - 4.5), _text(start + 18, y, name, "small ink")]
    return parts


def _circle(x: float, y: float) -> str:
    return f'<circle class="mark" cx="{x:.1f}" cy="{y:.1f}" r="4.5"/>'


def _square(x: float, y: float) -> str:
    return f'<rect class="mark" x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8"/>'


def _triangle(x: float, y: float) -> str:
    return f'<path class="mark" d="M{x:.1f} {y - 5:.1f}l5 9h-10z"/>'


def _diamond(x: float, y: float) -> str:
    return f'<path class="mark" d="M{x:.1f} {y - 5.5:.1f}l5.5 5.5l-5.5 5.5l-5.5 -5.5z"/>'


_SHAPES: tuple[Callable[[float, float], str], ...] = (_circle, _square, _triangle, _diamond)


def _mark(series: int, x: float, y: float) -> str:
    return f'<g class="s{series}">{_SHAPES[series](x, y)}</g>'


def _text(x: float, y: float, text: str, look: str, anchor: str = "start") -> str:
    return f'<text class="{look}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{escape(text)}</text>'


def _line(look: str, x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line class="{look}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def _document(width: float, height: float, title: str, parts: Iterable[str]) -> str:
    body = "\n".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>\n{STYLE}\n</style>\n"
        f'<rect class="back" width="{width:g}" height="{height:g}" rx="8"/>\n{body}\n</svg>\n'
    )


def _number(value: float) -> str:
    """Return a power of ten as people write it: 0.01, 100, 10,000."""
    return f"{value:,.0f}" if value >= 1 else f"{value:.10f}".rstrip("0")


def _log(value: float) -> float:
    return round(math.log10(value), 9)


def _below(value: float) -> float:
    """Return what an axis begins with: a 1, 2 or 5 with zeros, below the value."""
    power = 10.0 ** math.floor(_log(value))
    return max(step * power for step in (0.5, 1, 2, 5) if step * power < value)


def _above(value: float) -> float:
    power = 10.0 ** math.floor(_log(value))
    return min(step * power for step in (1, 2, 5, 10, 20) if step * power > value)
