"""A program of its own: opens one hostile picture and writes clean ones. Knows Pillow and pixels alone.

    python -I imaging.py < {"work": "picture", "source": …, …} > {"width": …, "files": […]} | {"problem": …}

`workshop.py` starts it for each picture, so that a decoder that crashes, grows or never ends takes nobody with it: it
has limits of its own, no database, no secrets in its environment, and gives way to the server. Imports nothing of ours.
"""

import io
import json
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps

MOST_PIXELS = 50_000_000
SHORTEST = 64  # pixels of a side: less is an icon, no picture
NARROWEST = 20  # the longer side is at most so many times the shorter
WIDTHS = (320, 640, 1280)
SHAPES: dict[str, tuple[int, int] | None] = {"full": None, "portrait": (3, 4), "square": (1, 1)}
FORMATS: dict[str, tuple[str, dict[str, Any]]] = {
    "avif": ("AVIF", {"quality": 55, "speed": 8, "max_threads": 1}),
    "webp": ("WEBP", {"quality": 80, "method": 2}),
}
A4 = (1654, 2339)  # 200 dots an inch
MARGIN = 60
MEMORY = 3 * 1024**3  # bytes of addresses; a picture of the most pixels needs a third of it
CPU_SECONDS = 60
ORIENTATION = 0x0112

Size = tuple[int, int]
Box = tuple[int, int, int, int]


class Unfit(Exception):  # noqa: N818 - an answer about the picture
    """The picture is refused; the code is a sentence's."""


def picture(task: dict[str, Any]) -> dict[str, Any]:
    """The upright, clean original as JPEG, as large as the largest rendition needs, and every rendition."""
    image = opened(task["source"], task["format"])
    folder, focus = Path(task["folder"]), (task["focus"][0], task["focus"][1])
    image.save(folder / "original.jpg", "JPEG", quality=92, subsampling=0)
    files = list(renditions(image, folder, focus, list(SHAPES), task["formats"]))
    return {"width": image.width, "height": image.height, "files": files}


def crops(task: dict[str, Any]) -> dict[str, Any]:
    """The cut shapes of a clean original anew, for another focal point."""
    image = opened(task["source"], "JPEG")
    focus = (task["focus"][0], task["focus"][1])
    return {"files": list(renditions(image, Path(task["folder"]), focus, task["shapes"], task["formats"]))}


def scan(task: dict[str, Any]) -> dict[str, Any]:
    """A PDF of one A4 page a photograph, upright, with nothing else in it; or what is wrong with each photograph."""
    pages, problems = [], {}
    for number, one in enumerate(task["sources"]):
        try:
            pages.append(_page(opened(one["source"], one["format"], least=A4)))
        except Unfit as unfit:
            problems[str(number)] = str(unfit)
    if problems:
        return {"problems": problems}
    pages[0].save(
        task["target"], "PDF", save_all=True, append_images=pages[1:], resolution=200.0, quality=78,
        creationDate=None, modDate=None, title=None,
    )  # fmt: skip
    return {"pages": len(pages)}


def opened(source: str, kind: str, least: Size | None = None) -> Image.Image:
    """The picture, upright, in sRGB, without anything but its pixels, not larger than is needed. Raises Unfit."""
    if kind == "HEIF":
        import pillow_heif  # noqa: PLC0415 - a tenth of a second that other pictures do not need

        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        with Image.open(source, formats=[kind]) as image:
            _check_size(image.size)
            turned = image.getexif().get(ORIENTATION, 1) if kind != "HEIF" else 1
            profile = image.info.get("icc_profile")
            wanted = _needed(image.size[::-1] if turned in {5, 6, 7, 8} else image.size, least)
            if turned in {5, 6, 7, 8}:
                wanted = wanted[::-1]
            image.draft(None, wanted)  # a JPEG is decoded at a half, a quarter or an eighth where that is enough
            image.load()
            small = _shrunk(image, wanted)
    except Unfit:
        raise
    except Image.DecompressionBombError as error:
        raise Unfit("picture_pixels") from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, OverflowError, MemoryError) as error:
        raise Unfit("picture_broken") from error
    return _plain(small.transpose(_TURNS[turned]) if turned in _TURNS else small, profile)


def _check_size(size: Size) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise Unfit("picture_pixels")
    if min(size) < SHORTEST or max(size) > NARROWEST * min(size):
        raise Unfit("picture_small")


def _needed(size: Size, least: Size | None) -> Size:
    """How large the picture must be for its largest renditions, or to fill `least`, never above what it is."""
    if least is None:
        cuts = [box_of(size, ratio, (500, 500)) for ratio in SHAPES.values()]
        scale = max(min(1.0, WIDTHS[-1] / (box[2] - box[0])) for box in cuts)
    else:
        scale = min(1.0, max(max(least) / max(size), min(least) / min(size)))
    return math.ceil(size[0] * scale), math.ceil(size[1] * scale)


def _shrunk(image: Image.Image, wanted: Size) -> Image.Image:
    if image.mode in {"P", "PA", "1"}:
        image = image.convert("RGBA" if "transparency" in image.info or image.mode == "PA" else "RGB")
    if image.width <= wanted[0] * 1.25:
        return image.copy()
    return image.resize(wanted, Image.Resampling.LANCZOS, reducing_gap=2.0)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def _plain(image: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB in sRGB on white, as a new image that carries nothing over."""
    if image.mode.startswith("I"):  # 16 bits of grey
        image = image.point(lambda value: value / 256).convert("L")
    elif image.mode == "F":
        image = image.convert("L")
    alpha = image.convert("RGBA").getchannel("A") if image.has_transparency_data else None
    if image.mode in {"LA", "La"}:
        image = image.convert("L")
    elif image.mode in {"RGBA", "RGBa", "RGBX"}:
        image = image.convert("RGB")
    colours = _srgb(image, profile)
    plain = Image.new("RGB", colours.size, "white")
    plain.paste(colours, mask=alpha)
    return plain


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """By the picture's own profile; one that is broken or of another kind of colour is as none."""
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            theirs = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            turned = ImageCms.profileToProfile(image, theirs, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            turned = None
        if turned is not None:
            return turned
    return image if image.mode == "RGB" else image.convert("RGB")


def box_of(size: Size, ratio: tuple[int, int] | None, focus: tuple[int, int]) -> Box:
    """The largest part of this ratio (width to height) around the focal point (per mille from left and top)."""
    width, height = size
    if ratio is None:
        return 0, 0, width, height
    across, down = ratio
    if width * down > height * across:
        cut = (max(1, height * across // down), height)
    else:
        cut = (width, max(1, width * down // across))
    left = min(max(0, width * focus[0] // 1000 - cut[0] // 2), width - cut[0])
    top = min(max(0, height * focus[1] // 1000 - cut[1] // 2), height - cut[1])
    return left, top, left + cut[0], top + cut[1]


def widths_of(width: int) -> list[int]:
    """The widths in which a picture is offered, largest first; never above its own."""
    return sorted({min(width, each) for each in WIDTHS}, reverse=True)


def renditions(
    image: Image.Image, folder: Path, focus: tuple[int, int], shapes: list[str], formats: list[str]
) -> Iterator[dict[str, Any]]:
    """Write each shape in each width and format; a smaller one is made of the larger."""
    for shape in shapes:
        box = box_of(image.size, SHAPES[shape], focus)
        across, down = box[2] - box[0], box[3] - box[1]
        source, part = image, box
        for width in widths_of(across):
            size = (width, max(1, round(down * width / across)))
            source = source.resize(size, Image.Resampling.LANCZOS, box=part, reducing_gap=3.0)
            part = (0, 0, *size)
            for name in formats:
                kind, options = FORMATS[name]
                path = folder / f"{shape}-{width}.{name}"
                source.save(path, kind, **options)
                yield {"shape": shape, "width": width, "height": size[1], "format": name, "file": path.name}


def _page(image: Image.Image) -> Image.Image:
    """An A4 page, upright or across as the photograph is, with the whole of it."""
    size = A4 if image.height >= image.width else A4[::-1]
    page = Image.new("RGB", size, "white")
    inner = ImageOps.contain(image, (size[0] - 2 * MARGIN, size[1] - 2 * MARGIN), Image.Resampling.LANCZOS)
    page.paste(inner, ((size[0] - inner.width) // 2, (size[1] - inner.height) // 2))
    return page


def _limits() -> None:
    """Give way to the server, and end before the machine does."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415 - only where there is one

    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    _limits()
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    task = json.load(sys.stdin)
    try:
        answer = {"picture": picture, "crops": crops, "scan": scan}[task["work"]](task)
    except Unfit as unfit:
        answer = {"problem": str(unfit)}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
