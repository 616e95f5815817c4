"""Pictures for tests, drawn here: with everything in them that must not come out, and in every kind."""

import io
import random

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

SECRETS = (b"Ganpo Camera 9000", b"nobody may read this", b"115.8921", b"xmpmeta", b"26;40", b"secret profile")


def drawn(size: tuple[int, int] = (1600, 1200)) -> Image.Image:
    """Four corners of different colours and a red dot near the top left, so that turning and cutting can be seen."""
    image = Image.new("RGB", size, (240, 240, 240))
    draw = ImageDraw.Draw(image)
    width, height = size
    for number, (left, top) in enumerate([(0, 0), (1, 0), (0, 1), (1, 1)]):
        colour = [(200, 30, 30), (30, 160, 40), (40, 60, 190), (220, 200, 40)][number]
        box = (left * width * 3 // 4, top * height * 3 // 4, (left * 3 + 1) * width // 4, (top * 3 + 1) * height // 4)
        draw.rectangle(box, fill=colour)
    return image


def exif(orientation: int = 1) -> Image.Exif:
    data = Image.Exif()
    data[0x010F], data[0x0110], data[0x9286] = "Ganpo", "Ganpo Camera 9000", "nobody may read this"
    data[0x0112] = orientation
    place = data.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (28.0, 41.0, 0.0), "E", (115.8921, 0.0, 0.0)
    return data


def telling(kind: str = "JPEG", size: tuple[int, int] = (1600, 1200), orientation: int = 1) -> bytes:
    """A picture with GPS, a camera's name, a comment, XMP and a colour profile."""
    out = io.BytesIO()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">nobody may read this</x:xmpmeta>'
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    more: dict[str, object] = {"exif": exif(orientation).tobytes(), "icc_profile": profile}
    if kind == "JPEG":
        more |= {"comment": b"nobody may read this", "xmp": xmp, "quality": 90}
    elif kind == "PNG":
        said = PngImagePlugin.PngInfo()
        said.add_text("Comment", "nobody may read this")
        said.add_itxt("XML:com.adobe.xmp", xmp.decode())
        more |= {"pnginfo": said}
    elif kind == "WEBP":
        more |= {"xmp": xmp}
    image = drawn(size)
    if kind == "HEIF":
        heif = pillow_heif.from_pillow(image)
        heif.save(out, quality=80, exif=exif(orientation).tobytes(), xmp=xmp)
    else:
        image.save(out, kind, **more)
    return out.getvalue()


def noisy(size: tuple[int, int], seed: int = 7) -> bytes:
    """A JPEG as a camera makes one: shapes, edges and some noise."""
    dice = random.Random(seed)
    image = Image.effect_noise(size, 12).convert("RGB")
    draw = ImageDraw.Draw(image, "RGBA")
    for _ in range(200):
        x, y, r = dice.randrange(size[0]), dice.randrange(size[1]), dice.randrange(20, max(size) // 8)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(*(dice.randrange(256) for _ in "rgb"), 180))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=92)
    return out.getvalue()
