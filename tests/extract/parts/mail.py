"""A mail with a marker word in each part."""

PARTS = {
    "subject": "CHUDE",
    "sender": "NGUOIGUI",
    "receiver": "NGUOINHAN",
    "copies": "DONGKINH",
    "text": "NOIDUNG",
    "text of the page": "TRANGTHU",
    "subject of a mail within": "CHUDETRONG",
    "text of a mail within": "THUTRONG",
}
MAIL = (
    "Received: from a.lamgiang.example\r\nFrom: =?utf-8?B?TkdVT0lHVUk=?= <vt@lamgiang.example>\r\n"
    "To: NGUOINHAN\r\nCc: DONGKINH\r\nSubject: CHUDE =?utf-8?Q?k=E1=BA?=\r\n =?utf-8?Q?=BF_ho=E1=BA=A1ch?=\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="a"\r\n\r\n'
    '--a\r\nContent-Type: multipart/alternative; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nNOIDUNG\r\n"
    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<div>NOIDUNG</div>TRANGTHU mười<p>chữ nữa\r\n--b--\r\n"
    "--a\r\nContent-Type: message/rfc822\r\n\r\nSubject: CHUDETRONG\r\n\r\nTHUTRONG\r\n"
    "--a\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n"
    "Content-Disposition: attachment; filename*=utf-8''ph%E1%BB%A5%20l%E1%BB%A5c.txt\r\n\r\nS2hlIFPhuq15\r\n"
    "--a\r\nContent-Type: image/png\r\nContent-ID: <logo>\r\n\r\nx\r\n--a--\r\n"
).encode()
PAGE_IN_ONE_FILE = (
    b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\nThis is a page in one file.\r\n\r\n"
    b"--a\r\nContent-Location: file:///C:/a.htm\r\nContent-Transfer-Encoding: quoted-printable\r\n"
    b'Content-Type: text/html; charset="utf-8"\r\n\r\n<html><body><p>K=E1=BA=BF ho=E1=BA=A1ch</p></body></html>\r\n'
    b"--a\r\nContent-Location: file:///C:/a/b.png\r\nContent-Type: image/png\r\n\r\nx\r\n--a--\r\n"
)
FILES = {"a.eml": MAIL, "a.mht": PAGE_IN_ONE_FILE}
