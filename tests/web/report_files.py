"""Files and forms for the pages of reports."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def a_pdf(name="函.pdf", data=b"%PDF-1.4 harmless"):
    return SimpleUploadedFile(name, data, "application/pdf")


def a_photo(name="现场.jpg"):
    out = io.BytesIO()
    Image.new("RGB", (32, 24), "green").save(out, "JPEG")
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")


def huge_png(width=10_000, height=6_000):
    """A PNG of sixty million pixels in a few bytes: the head says so, the rest is never reached."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def typed(**more):
    return {"standing": "on_course", "progress": "接入工地四十处。", "difficulties": "", "next_steps": "", **more}
