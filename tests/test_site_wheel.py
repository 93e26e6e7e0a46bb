from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import mmbook
from mmbook.site import wheel
from mmbook.site.core import core_files


def archive() -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(wheel._zipped()))


def test_the_same_code_gives_the_same_bytes() -> None:
    assert wheel._zipped() == wheel._zipped()


def test_the_record_lists_every_file_with_its_digest() -> None:
    with archive() as files:
        record = f"mmbook-{mmbook.__version__}.dist-info/RECORD"
        rows = list(csv.reader(io.StringIO(files.read(record).decode())))
        assert [row[0] for row in rows] == files.namelist()
        for name, digest, size in rows[:-1]:
            data = files.read(name)
            expected = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
            assert digest == f"sha256={expected}"
            assert int(size) == len(data)


def test_it_holds_what_runs_in_the_page_and_no_more() -> None:
    names = {name for name, _ in core_files()}
    assert {"mmbook/__init__.py", "mmbook/figure.py", "mmbook/session.py"} <= names
    assert {"mmbook/schema/figure.schema.json", "mmbook/gpt2/__init__.py"} <= names
    for outside in ("markdown", "site", "viewer", "cli", "command"):
        assert not [name for name in names if outside in name], outside


def test_it_runs_by_itself_with_numpy_alone(tmp_path: Path) -> None:
    """A clean interpreter, the wheel's own files, and imports of what the page lacks refused."""
    with archive() as files:
        files.extractall(tmp_path)
    code = f"""
import sys
sys.meta_path.insert(0, type("No", (), {{"find_spec": staticmethod(lambda name, *_: (_ for _ in
    ()).throw(ImportError(name)) if name.split(".")[0] in ("markdown", "jinja2", "mkdocs", "pooch",
    "pygments", "safetensors", "argparse") else None)}})())
sys.path.insert(0, {str(tmp_path)!r})
import mmbook as mm, mmbook.session
assert mm.__file__.startswith({str(tmp_path)!r}), mm.__file__
figure = mm.figure("A @ B", A=mm.eye(2), B=[[1, 2], [3, 4]])
print(figure.evaluate()["A @ B"].tolist())
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
    )
    assert done.stdout.strip() == "[[1.0, 2.0], [3.0, 4.0]]", done.stderr
