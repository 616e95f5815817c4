"""Photographs of paper: one PDF of upright A4 pages that says nothing of who took them."""

import re
from pathlib import Path

import pytest

from foundation.base.problem import Problem, Refused
from foundation.files.kinds import PDF, kind_of
from foundation.files.scans import photographs_to_pdf
from tests.foundation.files.pictures_made_up import SECRETS, noisy, telling


def written(folder: Path, **files: bytes) -> list[Path]:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in files]


async def test_each_photograph_is_an_upright_a4_page_and_nothing_else_is_told(tmp_path: Path) -> None:
    paths = written(
        tmp_path,
        one=telling("JPEG", (1200, 1600)), two=telling("JPEG", (1600, 1200)), three=telling("HEIF", (900, 1200)),
        four=telling("JPEG", (1600, 1200), orientation=6), five=noisy((3000, 4000)),
    )  # fmt: skip
    pdf = await photographs_to_pdf(paths)
    assert kind_of(pdf) is PDF
    boxes = re.findall(rb"/MediaBox \[ ?0 0 ([\d.]+) ([\d.]+) ?\]", pdf)
    upright, across = (595, 842), (842, 595)
    assert [(int(float(a)), int(float(b))) for a, b in boxes] == [upright, across, upright, upright, upright]
    told = [word for word in (*SECRETS, b"Exif", b"CreationDate", b"ModDate", b"/Author", b"/Title") if word in pdf]
    assert told == []
    assert len(pdf) < 3_000_000


async def test_every_photograph_that_is_none_is_told_of_at_once(tmp_path: Path) -> None:
    broken = telling("JPEG", (400, 300))
    paths = written(tmp_path, a=b"%PDF-1.7\n%%EOF", b=broken[:900], c=telling("PNG", (300, 300)))
    with pytest.raises(Refused) as caught:
        await photographs_to_pdf(paths, ["一.pdf", "二.jpg", "三.png"], "pages")
    assert list(caught.value.problems) == [
        Problem("picture_kind", "pages", {"name": "一.pdf"}), Problem("file_broken", "pages", {"name": "二.jpg"}),
    ]  # fmt: skip
    half = b"\xff\xd8\xff\xfe\x00\x04\xff\xd9" + broken[2 : len(broken) // 2]
    paths = written(tmp_path, d=half, e=telling("PNG", (300, 300)), f=telling("PNG", (20, 20)))
    with pytest.raises(Refused) as caught:
        await photographs_to_pdf(paths)
    assert [(each.code, each.params) for each in caught.value.problems] == [
        ("picture_broken", {"name": "d"}), ("picture_small", {"name": "f"}),
    ]  # fmt: skip


async def test_none_and_too_many_are_refused(tmp_path: Path) -> None:
    for paths, code in (([], "photographs_missing"), ([tmp_path / "x"] * 21, "photographs_many")):
        with pytest.raises(Refused) as caught:
            await photographs_to_pdf(paths)
        assert [problem.code for problem in caught.value.problems] == [code]
