"""The picture of a benchmark is whole XML and shows every line with its name."""

from xml.etree import ElementTree

from benchmarks.curves import Curve, picture

SVG = "{http://www.w3.org/2000/svg}"


def test_a_picture_shows_every_line() -> None:
    curves = [Curve("1 & 2", ((1000, 10), (4000, 40))), Curve("4", ((1000, 5), (4000, 20)))]
    root = ElementTree.fromstring(picture("Articles", "Seconds", curves))
    lines = [one.get("points", "").split() for one in root.iter(f"{SVG}polyline")]
    assert [len(points) for points in lines] == [2, 2]
    # Lines through zero: twice as many seconds stand twice as high.
    zero, (slow, fast) = 310.0, [float(points[1].split(",")[1]) for points in lines]
    assert (zero - slow) == 2 * (zero - fast) > 0
    assert {"1 & 2", "4", "Articles", "Seconds", "4,000"} <= {one.text for one in root.iter(f"{SVG}text")}
