"""A figure as one piece of HTML that needs nothing else: for outputs where no widget can live.

A frame holds a whole page: the viewer, the scene, its values. It has no origin of its own and loads
nothing, so it works in any output that runs scripts, and can do nothing to the notebook around it.
"""

from __future__ import annotations

import base64
import gzip
import html
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from mmbook.notebook import script
from mmbook.pack import write_pack

if TYPE_CHECKING:
    from mmbook.figure import Figure

HEIGHT = 480
# A notebook keeps its outputs in its file: more than this, and it opens slowly or not at all.
MOST_BYTES = 8_000_000

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="color-scheme" content="light dark">
<style>html, body {{ margin: 0; height: 100%; overflow: hidden; }}
mm-figure {{ max-height: none; min-height: 0; }}
p {{ font: 1rem/1.4 system-ui, sans-serif; padding: 0 1rem; }}</style></head><body>
<noscript><p>{description}</p></noscript>
<script type="application/json" id="mm-scene">{scene}</script>
<script type="text/plain" id="mm-values">{values}</script>
<script type="text/plain" id="mm-viewer">{viewer}</script>
<script>{start}</script>
</body></html>"""

# A frame without an origin imports no modules by address: the module is put in as text.
_START = """
(async () => {
  const packed = document.getElementById("mm-viewer").textContent.trim();
  const bytes = Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0));
  const text = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await new Response(text).text();
  document.body.append(script);
})();
"""


def render(figure: Figure, height: int = HEIGHT) -> str:
    """Return the HTML that shows a figure, its description in words beneath it.

    Where the values take more than ``MOST_BYTES``, words and the reason are all there is.
    """
    scene = figure.scene()
    title = html.escape(figure.title or figure.expr)
    description = html.escape(figure.alt or scene.description)
    values = BytesIO()
    write_pack(values, scene.arrays)
    size = len(values.getvalue()) * 4 // 3
    if size > MOST_BYTES:
        return (
            f"<p><strong>{title}</strong> is too large for this output: its values take "
            f"{size / 1e6:.1f} MB, and at most {MOST_BYTES / 1e6:.0f} MB are put into a notebook. "
            "Install anywidget, which keeps them out of the file, or take smaller matrices.</p>"
            f"<p>{description}</p>"
        )
    page = _PAGE.format(
        title=title,
        description=description,
        # Inside a script only this could end it.
        scene=scene.to_json().replace("<", "\\u003c"),
        values=base64.b64encode(values.getvalue()).decode(),
        viewer=_viewer(),
        start=_START,
    )
    # Between single quotes those of JSON stay as they are.
    source = html.escape(page, quote=False).replace("'", "&#39;")
    return (
        f"<iframe title='{title}' srcdoc='{source}' "
        'sandbox="allow-scripts allow-downloads" allow="fullscreen" '
        f'style="width:100%;height:{height}px;border:0;border-radius:8px"></iframe>'
        f"<details><summary>{title}, in words</summary><p>{description}</p></details>"
    )


@cache
def _viewer() -> str:
    text = script.read("page.js").encode()
    return base64.b64encode(gzip.compress(text, mtime=0)).decode()
