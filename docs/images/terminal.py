"""Draws a terminal's text as SVG, readable on light and dark pages.

Run at the top of the project, after the jar was built:
  java -jar cli/target/model-delivery.jar demo | sed '/^4\\. /,$d' | python3 docs/images/terminal.py > docs/images/demo.svg
"""

import html
import sys

CHARACTER, LINE, MARGIN, COLUMNS = 8.5, 19, 20, 100


def main():
    lines = sys.stdin.read().strip("\n").split("\n")
    width, height = COLUMNS * CHARACTER + 2 * MARGIN, len(lines) * LINE + 2 * MARGIN
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height}" width="{width:g}" height="{height}"')
    print('     font-family="monospace" font-size="14" fill="#e6edf3">')
    print(f'  <rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1}" rx="8" fill="#0d1117" stroke="#6e7681"/>')
    for number, line in enumerate(lines):
        if line:
            y = MARGIN + number * LINE + 14
            print(f'  <text x="{MARGIN}" y="{y}" xml:space="preserve">{html.escape(line, quote=False)}</text>')
    print("</svg>")


if __name__ == "__main__":
    main()
