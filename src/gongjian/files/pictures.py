"""Photos: refused by their number of pixels before they are decoded, read for time and place, hashed by how they look."""

from __future__ import annotations

import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError

from gongjian.kernel.refusal import Refusal

MOST_PIXELS = 50_000_000
SMALL = 640  # pixels of a thumbnail's longer side
SIDE = 8  # of the grid the perceptual hash compares
PLAIN = 6  # a picture with fewer bits set, or unset, is too plain to be known again


@dataclass(frozen=True, slots=True)
class Picture:
    """What a photo tells: when and where it was taken (local time without a zone; degrees), how it looks, and its small copy.

    ``looks`` is empty for a picture too plain to be known again.
    """

    taken_at: datetime | None
    lon: float | None
    lat: float | None
    looks: str
    thumbnail: bytes


def read_picture(data: bytes, name: str) -> Picture:
    """Read a photo; Refusal for one with too many pixels, and for one that cannot be decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit comes first and is stricter
            image = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
            _refuse_huge(image, name)
            exif = image.getexif()
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except Image.DecompressionBombError as error:  # beyond what the library itself would open
        raise Refusal(_too_many(name, "像素过多")) from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        msg = f"照片“{name[:60]}”已损坏，打不开，请重新拍摄或另选一张。"
        raise Refusal(msg) from error
    lon, lat = _place(exif)
    return Picture(_taken(exif), lon, lat, looks_of(upright), _small(upright))


def looks_of(image: Image.Image) -> str:
    """The difference hash: whether each of 8 × 8 cells is brighter than its right neighbour, 64 bits in hexadecimal."""
    grey = image.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS)
    light = grey.tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            here = row * (SIDE + 1) + column
            bits = bits << 1 | (light[here] > light[here + 1])
    return f"{bits:016x}" if PLAIN <= bits.bit_count() <= SIDE * SIDE - PLAIN else ""


def apart(one: str, other: str) -> int:
    """In how many of the 64 bits two hashes differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _refuse_huge(image: Image.Image, name: str) -> None:
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise Refusal(_too_many(name, f"有 {pixels / 1e6:.0f} 百万像素"))


def _too_many(name: str, how_many: str) -> str:
    most = MOST_PIXELS // 1_000_000
    return f"照片“{name[:60]}”{how_many}，最多 {most} 百万，请在相机设置中调低分辨率后重拍，或缩小后再上传。"


def _small(image: Image.Image) -> bytes:
    small = image.copy()
    small.thumbnail((SMALL, SMALL))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80)
    return out.getvalue()


def _taken(exif: Image.Exif) -> datetime | None:
    """When, as the camera's clock said; None where it said nothing that is a moment."""
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    for said in (inner.get(ExifTags.Base.DateTimeOriginal), inner.get(ExifTags.Base.DateTimeDigitized), exif.get(ExifTags.Base.DateTime)):
        try:
            return datetime.strptime(str(said).strip("\0 "), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - EXIF knows no zone
        except ValueError:
            continue
    return None


def _place(exif: Image.Exif) -> tuple[float | None, float | None]:
    """Where, in degrees (WGS 84, which CGCS2000 agrees with to centimetres); nowhere where the camera did not know."""
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    lon = _degrees(gps, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSLongitudeRef, "W", 180)
    lat = _degrees(gps, ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLatitudeRef, "S", 90)
    return (None, None) if lon is None or lat is None or (lon, lat) == (0, 0) else (lon, lat)


def _degrees(gps: Mapping[int, Any], tag: int, side: int, negative: str, most: int) -> float | None:
    try:
        degrees, minutes, seconds = (float(part) for part in gps[tag])
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    found = degrees + minutes / 60 + seconds / 3600
    if not 0 <= found <= most:  # also what is no number
        return None
    return -found if str(gps.get(side, "")).upper().startswith(negative) else found
