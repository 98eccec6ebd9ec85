"""Where the pictures under the map come from, read from one line of settings; nothing is fetched here.

``""``                                       no pictures: the map draws the outline of the district and asks nobody
``tianditu:KEY``                             天地图, its vector base and its names
``https://host/{z}/{x}/{y}.png``             any XYZ source in Web Mercator; ``{s}`` is not known, name one host
``gcj02:https://host/{z}/{x}/{y}.png``       the same with shifted pictures (高德, 腾讯): the map shifts its points with them

Tianditu serves two grids of the same pictures. We ask for ``_w`` (Web Mercator): it is the one Leaflet, the clusters and every other XYZ
source reckon in, and it keeps angles, so that the scale bar is true in both directions. ``_c`` (degrees) would stretch the district by a
third from west to east at 40° north, for nothing: CGCS2000 and WGS-84 lie within centimetres of each other in either.

The key goes to the browser, as keys of the kind "浏览器端" must; bind it to the site's domain in Tianditu's console. It is never logged and
never part of a refusal or of a ``repr``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from gongjian.kernel.refusal import Refusal

TIANDITU_HOSTS = tuple(f"t{number}.tianditu.gov.cn" for number in range(8))
TIANDITU_SAYS = "底图：天地图（国家地理信息公共服务平台）"
KEY = re.compile(r"[0-9A-Za-z]{8,64}")
DEEPEST = 18  # zoom levels of Tianditu and of the map itself


@dataclass(frozen=True, slots=True)
class TileSource:
    """What the map asks for pictures: URL templates from the bottom up, the hosts behind ``{s}``, whose pictures they are."""

    urls: tuple[str, ...] = field(default=(), repr=False)  # may hold a key
    subdomains: str = ""
    attribution: str = ""
    shifted: bool = False  # pictures in GCJ-02
    origins: tuple[str, ...] = ()  # what the content policy must let through, scheme and host

    def for_map(self) -> dict[str, object]:
        """What the page hands to the map, as JSON; ``{}`` where there are no pictures."""
        if not self.urls:
            return {}
        return {
            "urls": list(self.urls),
            "subdomains": self.subdomains,
            "attribution": self.attribution,
            "shifted": self.shifted,
            "deepest": DEEPEST,
        }


def read_tiles(text: str) -> TileSource:
    """The source a setting names; raises ``Refusal`` (without repeating the setting, which may hold a key)."""
    text = text.strip()
    if not text:
        return TileSource()
    if text.startswith("tianditu:"):
        return _tianditu(text.removeprefix("tianditu:"))
    return _xyz(text.removeprefix("gcj02:"), shifted=text.startswith("gcj02:"))


def _tianditu(key: str) -> TileSource:
    if not KEY.fullmatch(key):
        msg = "设置 GONGJIAN_TILES 中的天地图密钥不对：应是 tianditu: 后面紧跟控制台里“浏览器端”密钥的字母和数字。"
        raise Refusal(msg)
    return TileSource(
        urls=tuple(_wmts(layer, key) for layer in ("vec", "cva")),
        subdomains="01234567",
        attribution=TIANDITU_SAYS,
        origins=tuple(f"https://{host}" for host in TIANDITU_HOSTS),
    )


def _wmts(layer: str, key: str) -> str:
    return (
        f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}&STYLE=default"
        f"&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={key}"
    )


def _xyz(url: str, *, shifted: bool) -> TileSource:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        parts, host, port = urlsplit(""), "", None
    plain = re.fullmatch(r"[a-z0-9.-]+", host) and not parts.username
    if parts.scheme not in {"http", "https"} or not plain or not all(hole in url for hole in ("{z}", "{x}", "{y}")):
        msg = "设置 GONGJIAN_TILES 不是可用的底图：写 tianditu:密钥，或 https://主机/{z}/{x}/{y}.png（偏移坐标的底图前面加 gcj02:）。"
        raise Refusal(msg)
    origin = f"{parts.scheme}://{host}{f':{port}' if port else ''}"
    return TileSource(urls=(url,), attribution=f"底图：{host}", shifted=shifted, origins=(origin,))
