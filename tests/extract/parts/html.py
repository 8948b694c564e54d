"""A page of HTML with a marker word in each part; what is in ``LEFT_OUT`` must not be found."""

PARTS = {
    "title": "TIEUDE",
    "bare in body": "TRANTRUI",
    "div": "TRONGKHOI",
    "paragraph": "DOANVAN",
    "heading": "DEMUC",
    "cell": "OBANG",
    "list": "MUCLUC",
    "definition": "DINHNGHIA",
    "menu": "THANHMENU",
    "footer": "CUOITRANG",
    "form": "OCHON",
    "value": "GIATRI",
    "preformatted": "DINHDANG",
    "without scripts": "KHONGMA",
    "drawing": "HINHVE",
}
LEFT_OUT = {
    "hidden": "ANDI",
    "hidden by style": "ANKIEU",
    "script": "MALENH",
    "style": "KIEUDANG",
    "comment": "GHICHU",
}
PAGE = """<html><head><meta charset="{charset}"><title>TIEUDE công văn</title><style>.KIEUDANG {{}}</style></head>
<body>TRANTRUI<div>TRONGKHOI <b>hồ</b>sơ<div>lồng nhau</div></div>đuôi khối
<nav>THANHMENU</nav><h2>DEMUC</h2><p>DOANVAN</p><!-- GHICHU --><script>MALENH()</script>
<table><tr><td><p>OBANG</p></td><td>thứ hai</td></tr><tr><td>dòng sau</td></tr></table>
<ul><li>MUCLUC</ul><dl><dt>DINHNGHIA</dl><p hidden>ANDI</p><p style="display: none">ANKIEU</p>
<form><select><option>OCHON<option>khác</select><input value="GIATRI"></form><pre>DINHDANG
dòng kế</pre><noscript>KHONGMA</noscript><svg><text>HINHVE</text></svg><footer>CUOITRANG</footer></body></html>"""
FILES = {"a.html": PAGE.format(charset="utf-8").encode()}
