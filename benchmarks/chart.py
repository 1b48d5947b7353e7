# SPDX-License-Identifier: BSL-1.0
"""The chart of `text_patch`: how many times as fast as Boost.JSON each contender is, a panel for each shape.

Bars start at 0 and are linear, for a logarithm would make all look alike; each panel has its own scale, and every bar
says its number. The card has its own background, so that it reads on light and dark pages.
"""

import html
import textwrap

from results import times

PANELS = [("nested_200B", "200 B"), ("nested_2KB", "2 KB"), ("nested_64KB", "64 KB, nested"),
          ("nested_1MB", "1 MB, nested"), ("flat_1MB", "1 MB, flat"), ("nested_15MB", "15 MB, nested")]
BARS = [("metapatch trusted", "ours"), ("metapatch checked", "ours_checked"), ("sonic-cpp lazy nodes", "peer"),
        ("simdjson on-demand", "peer"), ("glaze lazy views", "peer"), ("yyjson tuned", "peer"),
        ("RapidJSON pool", "peer"), ("Boost.JSON tuned", "peer"), ("Boost.JSON", "reference"),
        ("nlohmann/json", "peer")]

WIDTH, MARGIN, LABELS, COLUMNS = 960, 28, 154, 3
BAR, STEP, TITLE, GAP, NUMBER = 15, 21, 30, 22, 46

STYLE = """
  .card { fill: #ffffff; stroke: #d4d8de }
  text { font-family: system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2430 }
  .heading { font-size: 19px; font-weight: 600 }
  .panel { font-size: 13.5px; font-weight: 600 }
  .label, .number { font-size: 12.5px }
  .small { font-size: 11.5px; fill: #5b6472 }
  .strong { font-weight: 600 }
  .track { fill: #eef1f5 }
  .ours { fill: #1d6fd6 }
  .ours_checked { fill: #6aa9ee }
  .peer { fill: #a3abb8 }
  .reference { fill: #5b6472 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #12161d; stroke: #2c333e }
    text { fill: #e8ebf0 }
    .small { fill: #9aa4b2 }
    .track { fill: #1d232d }
    .ours { fill: #4c9bf5 }
    .ours_checked { fill: #2a5f9e }
    .peer { fill: #6b7482 }
    .reference { fill: #b4bcc8 }
  }"""


def text(x, y, words, style, anchor="start"):
    return f'<text x="{x:g}" y="{y:g}" class="{style}" text-anchor="{anchor}">{html.escape(words)}</text>'


def bar(x, y, width, style):
    return f'<rect x="{x:g}" y="{y:g}" width="{width:.1f}" height="{BAR}" rx="2.5" class="{style}"/>'


def panel(results, shape, title, bars, x, y, width):
    drawn = [text(x, y, title, "panel")]
    ratios = {name: results.get(shape, name)["per_reference"] for name, _ in bars if results.get(shape, name)}
    longest = max(ratios.values())
    for i, (name, style) in enumerate(bars):
        top = y + 12 + i * STEP
        drawn.append(bar(x, top, width, "track"))
        if name in ratios:
            length = max(1.5, (width - NUMBER) * ratios[name] / longest)
            drawn.append(bar(x, top, length, style))
            drawn.append(text(x + length + 5, top + BAR - 3, times(ratios[name]),
                              "number strong" if style.startswith("ours") else "number"))
    return drawn


def chart(results):
    """The chart as the text of an SVG file."""
    bars = [(name, style) for name, style in BARS if name in results.names]
    panels = [(shape, title) for shape, title in PANELS if shape in results.rows]
    panel_width = (WIDTH - 2 * MARGIN - LABELS - (COLUMNS - 1) * GAP) / COLUMNS
    panel_height = TITLE + STEP * len(bars) + 16
    top = 104
    drawn = [text(MARGIN, 40, "A stored JSON text and a patch's text, merged into a new text", "heading"),
             text(MARGIN, 62, "How many times as fast as Boost.JSON (parse both, loop, serialize); longer is faster. "
                  "Each panel has its own scale.", "small")]
    for i, (shape, title) in enumerate(panels):
        column, row = i % COLUMNS, i // COLUMNS
        y = top + row * panel_height
        if column == 0:
            drawn += [text(MARGIN + LABELS - 12, y + 12 + j * STEP + BAR - 3, name,
                           "label strong" if style.startswith("ours") else "label", "end")
                      for j, (name, style) in enumerate(bars)]
        drawn += panel(results, shape, title, bars, MARGIN + LABELS + column * (panel_width + GAP), y, panel_width)
    y = top + -(-len(panels) // COLUMNS) * panel_height + 2
    notes = textwrap.wrap("trusted: the stored text is known to be valid JSON; checked: it is validated in full, as "
                          "the DOM libraries do. simdjson on-demand, sonic-cpp and glaze do not check the grammar of "
                          "what they pass over. "
                          + results.where(), 150)
    drawn += [text(MARGIN, y + 17 * i, line, "small") for i, line in enumerate(notes)]
    height = y + 17 * len(notes) + 8
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
            f'aria-label="Speed of text-to-text patching as multiples of Boost.JSON">\n'
            f"<!-- SPDX-License-Identifier: BSL-1.0 -->\n<style>{STYLE}\n</style>\n"
            f'<rect x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="10" class="card"/>\n'
            + "\n".join(drawn) + "\n</svg>\n")
