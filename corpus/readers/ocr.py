"""Text from pictures, through the tesseract program where it is installed."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any

from corpus.draft import Draft
from corpus.errors import LoadError

LANGUAGES = ("eng", "rus", "kaz", "aze", "tur", "kir", "uzb", "kat", "mon", "tgk", "fra", "deu")
_INSTALL = (
    "install tesseract to read them: sudo apt install tesseract-ocr tesseract-ocr-rus "
    "tesseract-ocr-kaz tesseract-ocr-aze tesseract-ocr-tur (macOS: brew install tesseract "
    "tesseract-lang)"
)
_SECONDS_A_PAGE = 300  # by the clock, on a busy machine
_LEAST_CONFIDENCE = 45  # of 100, on average; below it the words are mostly wrong
_MOST_PIXELS = 120_000_000


def tesseract_missing() -> str:
    """What to do about tesseract when it is not installed; "" when it is."""
    return "" if shutil.which("tesseract") else _INSTALL


def read_picture(path: Path) -> Draft:
    """The text on a picture. Raises LoadError when there is none or it cannot be read."""
    # Only pictures bring it; every other kind starts faster without.
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415

    if tesseract_missing():
        raise LoadError(f"{path}: a picture, whose text takes OCR; {tesseract_missing()}")
    Image.MAX_IMAGE_PIXELS = _MOST_PIXELS
    try:
        with Image.open(path) as image:
            found = picture_paragraphs(image.convert("L"), path)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise LoadError(f"{path}: the picture is broken; save it again as PNG") from error
    except Image.DecompressionBombError as error:
        raise LoadError(f"{path}: the picture is too large; save it with fewer pixels") from error
    if not found:
        raise LoadError(f"{path}: no text was found on this picture; add its text as .txt")
    return Draft("\n\n".join(found))


def picture_paragraphs(image: Any, path: Path) -> list[str]:
    """The paragraphs on a PIL image, lines joined. Raises LoadError when they are unreadable."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.png"
        image.save(file)
        words = _words(file, path)
    confident = [float(word["conf"]) for word in words]
    if confident and sum(confident) / len(confident) < _LEAST_CONFIDENCE:
        raise LoadError(
            f"{path}: its words cannot be recognised ({', '.join(_installed())}); scan it more "
            "sharply, or install its language: sudo apt install tesseract-ocr-rus (or -kaz, -aze, "
            "-tur)"
        )
    return [
        _joined([" ".join(word["text"] for word in line) for _, line in groupby(some, _line)])
        for _, some in groupby(words, _paragraph)
    ]


def _words(file: Path, path: Path) -> list[dict[str, str]]:
    command = ["tesseract", str(file), "stdout", "-l", "+".join(_installed()), "tsv"]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=_SECONDS_A_PAGE, check=True
        )
    except subprocess.TimeoutExpired as error:
        raise LoadError(
            f"{path}: a page takes longer than {_SECONDS_A_PAGE} s to recognise; scan it at 300 dpi"
        ) from error
    except subprocess.CalledProcessError as error:
        reason = (error.stderr or "").strip().split("\n")[-1][:200]
        raise LoadError(f"{path}: tesseract failed ({reason}); save the picture again") from error
    rows = csv.DictReader(io.StringIO(done.stdout), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in rows if row["level"] == "5" and row["text"].strip()]


def _installed() -> list[str]:
    done = subprocess.run(
        ["tesseract", "--list-langs"], capture_output=True, text=True, check=False, timeout=30
    )
    there = done.stdout.split("\n")[1:]
    return [language for language in LANGUAGES if language in there] or ["eng"]


def _paragraph(word: dict[str, str]) -> tuple[str, str]:
    return word["block_num"], word["par_num"]


def _line(word: dict[str, str]) -> str:
    return word["line_num"]


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        cut = text.endswith("-") and text[-2:-1].isalpha() and line[:1].islower()
        text = text[:-1] + line if cut else f"{text} {line}"
    return text
