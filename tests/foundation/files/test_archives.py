"""Zips that people upload: names in every encoding are read, and what is hostile is refused before or while reading."""

import io
import stat
import struct
import zipfile
import zlib

import pytest

from foundation.base.problem import Refused
from foundation.files import archives


def packed(*members: tuple[str, bytes], compress: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compress) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def raw_named(raw: bytes, content: bytes = b"x") -> bytes:
    """A zip whose one name stands there in bytes of its own, not marked as UTF-8, as old Windows writes it."""
    whole = packed(("N" * len(raw), content))
    return whole.replace(b"N" * len(raw), raw)


def paths(content: bytes) -> list[str]:
    with archives.opened(io.BytesIO(content)) as archive:
        return [member.path for member in archive.members]


def refusal(content: bytes) -> str:
    def read_all() -> None:
        with archives.opened(io.BytesIO(content)) as archive:
            for member in archive.members:
                archive.read(member)

    with pytest.raises(Refused) as refused:
        read_all()
    return refused.value.problems[0].code


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (packed(("照片/傅远山.jpg", b"x")), ["照片/傅远山.jpg"]),
        (raw_named("照片/傅远山.jpg".encode("gbk")), ["照片/傅远山.jpg"]),
        (raw_named("照片\\乗风.jpg".encode("gb18030")), ["照片/乗风.jpg"]),  # 乗 ends in the byte of a backslash
        (raw_named("傅远山.jpg".encode()), ["傅远山.jpg"]),  # UTF-8 that nobody marked
        (packed(("a.jpg", b"x"), ("__MACOSX/._a.jpg", b"x"), (".DS_Store", b"x"), ("照片/Thumbs.db", b"x")), ["a.jpg"]),
        (packed(("照片/", b""), ("照片/a.jpg", b"x")), ["照片/a.jpg"]),
    ],
)
def test_names_are_read_as_who_packed_them_meant_them(content, wanted):
    assert paths(content) == wanted


def test_a_name_kept_as_utf8_beside_an_old_one_goes_before_it():
    old, new = b"?????.jpg", "熊𬘭.jpg".encode()
    extra = struct.pack("<HHBL", 0x7075, len(new) + 5, 1, zlib.crc32(old)) + new
    info = zipfile.ZipInfo(old.decode("ascii"))
    info.extra = extra
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, b"x")
    assert paths(out.getvalue()) == ["熊𬘭.jpg"]


def linked() -> bytes:
    info = zipfile.ZipInfo("link.jpg")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(info, b"/etc/passwd")
    return out.getvalue()


def lying() -> bytes:
    """A bomb whose directory says that it is small."""
    size = archives.MOST_ONE + 1
    whole = packed(("a.jpg", bytes(size)))
    return whole.replace(struct.pack("<L", size), struct.pack("<L", 9))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(("../a.jpg", b"x")), "archive_path"),
        (packed(("照片/../../a.jpg", b"x")), "archive_path"),
        (packed(("..\\a.jpg", b"x")), "archive_path"),
        (packed(("/etc/a.jpg", b"x")), "archive_path"),
        (packed(("C:\\a.jpg", b"x")), "archive_path"),
        (linked(), "archive_link"),
        (packed(*((f"{n}.jpg", b"") for n in range(archives.MOST_MEMBERS + 1))), "archive_many"),
        (packed(("a.jpg", bytes(archives.MOST_ONE + 1))), "archive_large"),
        (packed(("a.jpg", b"abcd"), compress=zipfile.ZIP_STORED).replace(b"abcd", b"abcX", 1), "archive_broken"),
        (lying(), "archive_broken"),
        (b"PK\x03\x04 and nothing more", "archive_broken"),
    ],
)  # fmt: skip
def test_what_is_hostile_is_refused(content, code):
    assert refusal(content) == code


def test_all_together_is_measured_while_it_is_read():
    content = packed(("a.jpg", bytes(600)), ("b.jpg", bytes(600)))
    with archives.opened(io.BytesIO(content)) as archive:
        archive.left = 1000
        archive.read(archive.members[0])
        with pytest.raises(Refused) as refused:
            archive.read(archive.members[1])
    assert [problem.code for problem in refused.value.problems] == ["archive_large"]
