"""Sockets: the listeners of the protocols with or without TLS, and the small HTTP server for health and figures."""

from __future__ import annotations

import asyncio
import resource
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

BACKLOG: Final = 4_096
HEAD: Final = 8_192  # bytes of an HTTP request at most
PATIENCE: Final = 5.0  # seconds for one
Page = Callable[[], tuple[int, str, str]]  # status, content type, text


@dataclass(frozen=True, slots=True)
class Ports:
    """Where to listen; None: not at all, 0: any free port. ``metrics`` is plain HTTP and stays on its own host."""

    host: str = "127.0.0.1"
    hj212: int | None = 9212
    gb17691: int | None = 9691
    metrics: int | None = 9912
    metrics_host: str = "127.0.0.1"


def tls(certificate: Path | None, key: Path | None) -> ssl.SSLContext | None:
    """TLS with this certificate, or none; nothing older than 1.2."""
    if certificate is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_cert_chain(certificate, key)
    return context


def raise_open_files() -> int:
    """As many open files as this process may have; how many."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return max(soft, hard)


def port_of(server: asyncio.Server) -> int:
    """The port it listens on."""
    port: int = server.sockets[0].getsockname()[1]
    return port


async def serve_pages(host: str, port: int, pages: dict[str, Page]) -> asyncio.Server:
    """GET of a few pages, one request a connection."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(_response(head, pages))
                await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    return await asyncio.start_server(answer, host, port, limit=HEAD)


def _response(head: bytes, pages: dict[str, Page]) -> bytes:
    words = head.split(b"\r\n", 1)[0].decode("latin-1").split()
    page = pages.get(words[1].partition("?")[0]) if len(words) > 1 else None
    if not words or words[0] not in {"GET", "HEAD"}:
        status, kind, text = 405, "text/plain", "only GET\n"
    elif page is None:
        status, kind, text = 404, "text/plain", "no such page\n"
    else:
        status, kind, text = page()
    body = text.encode()
    front = f"HTTP/1.1 {status} -\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
    return front.encode() + (b"" if words[:1] == ["HEAD"] else body)
