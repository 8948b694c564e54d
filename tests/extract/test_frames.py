"""Pictures as they are meant to be seen, whatever their shades, their pixels and their paper."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, TiffImagePlugin

from indexer.extract.cleaning import is_dark
from indexer.extract.frames import frame, frames
from indexer.extract.reader import read
from indexer.extract.reasons import problem
from indexer.extract.scan import scan
from indexer.model import FileState

SIZE = (300, 200)
BAR = (60, 40, 120, 160)
"""A black bar on white."""


def bar() -> Image.Image:
    picture = Image.new("L", SIZE, 255)
    ImageDraw.Draw(picture).rectangle(BAR, 0)
    return picture


def fine(picture: Image.Image, lightest: int) -> Image.Image:
    """``picture`` in 16 bits, of which white has ``lightest``."""
    grey = (round(one * lightest / 255).to_bytes(2, "little") for one in picture.tobytes())
    return Image.frombytes("I;16", picture.size, b"".join(grey))


def seen_through(picture: Image.Image) -> Image.Image:
    return Image.merge("LA", (Image.new("L", SIZE, 0), picture.point(lambda grey: 255 - grey)))


def palette(picture: Image.Image) -> Image.Image:
    shown = picture.point(lambda grey: grey // 255).convert("P")
    shown.putpalette([0] * 6)
    shown.info["transparency"] = 1
    return shown


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        pytest.param("fine.png", fine(bar(), 65_535), id="16 bits"),
        pytest.param("fine.tiff", fine(bar(), 4_095), id="12 bits of 16"),
        pytest.param("clear.png", seen_through(bar()), id="black on nothing"),
        pytest.param("palette.png", palette(bar()), id="palette with nothing in it"),
        pytest.param("fax.tiff", bar().convert("1"), id="two shades"),
        pytest.param("print.jpg", bar().convert("CMYK"), id="CMYK"),
        pytest.param("white.pbm", bar().convert("1"), id="PBM, white at its end"),
        pytest.param("white.ppm", bar().convert("RGB"), id="PPM, white at its end"),
        pytest.param("light.avif", bar(), id="AVIF"),
    ],
)
def test_black_is_black_and_paper_is_white(tmp_path: Path, name: str, picture: Image.Image) -> None:
    path = tmp_path / name
    picture.save(path)
    assert read(path, "no name").unread == (1,)
    shown = frame(path, 1, 1_000_000, "L")
    assert shown.size == SIZE
    assert [shown.getpixel(place) for place in ((90, 100), (200, 100))] == [
        pytest.approx(0, abs=12), pytest.approx(255, abs=12),
    ]  # fmt: skip


def test_a_fax_is_as_high_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "fax.tiff"
    bar().convert("1").save(path, compression="group3", dpi=(204, 98))
    assert frame(path, 1, 1_000_000, "L").size == (300, round(200 * 204 / 98))
    small = frame(path, 1, 30_000, "L")
    assert small.width * small.height <= 30_000
    assert small.height / small.width == pytest.approx(200 * 204 / 98 / 300, rel=0.03)


def test_previews_and_moving_pictures_are_no_pages(tmp_path: Path) -> None:
    path = tmp_path / "scan.tiff"
    preview = TiffImagePlugin.ImageFileDirectory_v2()
    preview[254] = 1
    plain = TiffImagePlugin.ImageFileDirectory_v2()
    with TiffImagePlugin.AppendingTiffWriter(str(path), True) as file:
        for picture, tags in ((bar(), plain), (bar().reduce(4), preview), (bar().rotate(180), plain)):
            picture.save(file, "TIFF", tiffinfo=tags)
            file.newFrame()
    assert frames(path) == 2 and frame(path, 2, 1_000_000, "L").getpixel((210, 100)) == 0
    with pytest.raises(EOFError):
        frame(path, 3, 1_000_000, "L")
    moving = tmp_path / "moving.gif"
    bar().save(moving, save_all=True, append_images=[bar().rotate(90)])
    assert frames(moving) == 1


def test_a_picture_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    grain = Image.effect_noise(SIZE, 80)
    grain.paste(bar().crop((0, 0, 300, 60)))
    grain.save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3])
    found = read(path, path.name)
    assert (found.unread, found.problems[0]) == ((1,), problem("picture_cut"))
    assert frame(path, 1, 1_000_000, "L").getpixel((90, 50)) == pytest.approx(0, abs=30)


def test_what_nobody_here_reads_says_so(tmp_path: Path) -> None:
    path = tmp_path / "phone.heic"
    path.write_bytes(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(900))
    found = read(path, path.name)
    assert (found.state, found.problems) == (
        FileState.FAILED, (problem("unknown_kind"),),
    )  # fmt: skip


def test_light_letters_on_dark_become_dark_ones_on_light(tmp_path: Path) -> None:
    path = tmp_path / "screen.png"
    Image.eval(bar(), lambda grey: 255 - grey).save(path)
    assert is_dark(Image.open(path)) and not is_dark(bar())
    assert not is_dark(scan(path, 1).picture)


def test_a_piece_of_a_screen_is_enlarged_and_its_thin_strokes_are_no_specks(tmp_path: Path) -> None:
    path, chance = tmp_path / "button.png", random.Random(1)
    picture = Image.new("L", SIZE, 255)
    for _ in range(400):
        picture.putpixel((chance.randrange(300), chance.randrange(200)), 0)
    picture.save(path)
    found = scan(path, 1).picture
    assert found.size == (900, 600)
    low, _ = found.getextrema()
    assert isinstance(low, int) and low < 80
