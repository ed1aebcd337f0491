"""Fetching a document from a web address: limits on time, size, redirects, type and place.

An address the reader types may be on their own machine or network: they see what they ask for.
A redirect may not lead there from outside, since its author is not the reader.
"""

from __future__ import annotations

import html
import ipaddress
import re
import socket
import time
from pathlib import Path
from urllib.parse import unquote, urlsplit

import httpx

from corpus.slug import slug
from ui.cli.errors import CommandError

SECONDS = 60
SECONDS_OF_SILENCE = 20
MOST_BYTES = 50_000_000
MOST_REDIRECTS = 5
_OFFICE = "application/vnd.openxmlformats-officedocument"
_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "application/pdf": ".pdf",
    f"{_OFFICE}.wordprocessingml.document": ".docx",
    f"{_OFFICE}.presentationml.presentation": ".pptx",
    f"{_OFFICE}.spreadsheetml.sheet": ".xlsx",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/epub+zip": ".epub",
    "text/csv": ".csv",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
}
_UNTOLD = ("application/octet-stream", "binary/octet-stream", "application/download")
"""Types that say nothing: the file's name and its content decide."""
_HEAD = re.compile(rb"<head(\s[^>]*)?>", re.IGNORECASE)
_CANONICAL = re.compile(rb"<link\s[^>]*canonical|property\s*=\s*[\"']?og:url", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether a name is an address rather than a path."""
    return re.match(r"[a-zA-Z][a-zA-Z0-9+.-]+://", name) is not None


def download(address: str, folder: Path) -> Path:
    """Fetch a document into a file of the folder. Raises CommandError saying what went wrong."""
    if not address.lower().startswith(("http://", "https://")):
        raise CommandError("only addresses with http:// or https:// can be fetched")
    try:
        with httpx.Client(
            timeout=SECONDS_OF_SILENCE,
            headers={
                "User-Agent": "ungp-assistant",
                "Accept": ", ".join([*_SUFFIXES, "*/*;q=0.1"]),
            },
        ) as client:
            return _follow(client, httpx.URL(address), address, folder)
    except httpx.HTTPStatusError as error:
        raise CommandError(
            f"the address answers HTTP {error.response.status_code}; check that it opens in a "
            "browser, or save the page there and add the file"
        ) from None
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        raise CommandError(
            f"the address cannot be fetched ({type(error).__name__}); check it and the connection"
        ) from None


def _follow(client: httpx.Client, url: httpx.URL, address: str, folder: Path) -> Path:
    """Fetch a document, through its redirects."""
    may_be_inside = _is_inside(url.host)
    for _ in range(MOST_REDIRECTS + 1):
        with client.stream("GET", url) as reply:
            if reply.next_request is None:
                return _save(reply, address, folder)
            url = reply.next_request.url
        if url.scheme not in ("http", "https"):
            raise CommandError(f"the address leads to {url.scheme}:, which cannot be fetched")
        if not may_be_inside and _is_inside(url.host):
            raise CommandError(
                f"the address leads to {url.host}, which is inside your own network; it was not "
                "fetched. If you trust it, add that address itself"
            )
    raise CommandError(
        f"the address leads on more than {MOST_REDIRECTS} times; open it in a browser and add the "
        "address it ends at"
    )


def _is_inside(host: str) -> bool:
    """Whether a host is this machine or in a private network; unknown hosts are not."""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False
    addresses = [ipaddress.ip_address(str(one).partition("%")[0]) for one in found]
    return any(not one.is_global for one in addresses)


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
    if kind in _SUFFIXES:
        return _SUFFIXES[kind]
    if kind in ("", *_UNTOLD):
        named = Path(unquote(urlsplit(str(reply.url)).path)).suffix.lower()
        return named if named in _SUFFIXES.values() else ".html" if not kind else ".bin"
    raise CommandError(
        f"the address holds {kind}; expected a web page, a PDF, an Office document or text. "
        "Save its text as .txt and add the file"
    )


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
