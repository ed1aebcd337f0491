"""Fetching a document from a web address: limits on time, size, redirects and type."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

import httpx

from corpus.slug import slug
from ui.cli.errors import CommandError

SECONDS = 60
SECONDS_OF_SILENCE = 20
MOST_BYTES = 20_000_000
MOST_REDIRECTS = 5
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
}
_HEAD = re.compile(rb"<head(\s[^>]*)?>", re.IGNORECASE)
_CANONICAL = re.compile(rb"<link\s[^>]*canonical|property\s*=\s*[\"']?og:url", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a path."""
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", name) is not None


def download(address: str, folder: Path) -> Path:
    """Fetch a page into a file of the folder. Raises CommandError saying what went wrong."""
    if not address.lower().startswith(("http://", "https://")):
        raise CommandError("only addresses with http:// or https:// can be fetched")
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=MOST_REDIRECTS,
                timeout=SECONDS_OF_SILENCE,
                headers={"User-Agent": "ungp-assistant", "Accept": ", ".join(_SUFFIXES)},
            ) as client,
            client.stream("GET", address) as reply,
        ):
            return _save(reply, address, folder)
    except httpx.HTTPStatusError as error:
        raise CommandError(
            f"the address answers HTTP {error.response.status_code}; check that it opens in a "
            "browser, or save the page there and add the file"
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise CommandError(
            f"the address cannot be fetched ({type(error).__name__}); check it and the connection"
        ) from None


def _save(reply: httpx.Response, address: str, folder: Path) -> Path:
    reply.raise_for_status()
    suffix = _suffix(reply)
    body = _body(reply)
    if suffix == ".html":
        body = _with_address(body, str(reply.url))
    path = folder / (slug(re.sub(r"\W+", " ", address.partition("://")[2])) + suffix)
    path.write_bytes(body)
    return path


def _suffix(reply: httpx.Response) -> str:
    kind = reply.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in _SUFFIXES:
        raise CommandError(
            f"the address holds {kind or 'an unknown type'}; expected a web page or text. "
            "Save its text as .txt and add the file"
        )
    return _SUFFIXES[kind]


def _body(reply: httpx.Response) -> bytes:
    body = bytearray()
    deadline = time.monotonic() + SECONDS
    for part in reply.iter_bytes():
        body += part
        if len(body) > MOST_BYTES:
            raise CommandError(f"the page is larger than {MOST_BYTES // 1_000_000} MB")
        if time.monotonic() > deadline:
            raise CommandError(f"the page takes longer than {SECONDS} s; try again later")
    return bytes(body)


def _with_address(page: bytes, address: str) -> bytes:
    """The page, stating where it was found unless it states its address itself."""
    head = _HEAD.search(page)
    if head is None or _CANONICAL.search(page):
        return page
    link = f'<link rel="canonical" href="{html.escape(address)}">'.encode("ascii", "ignore")
    return page[: head.end()] + link + page[head.end() :]
