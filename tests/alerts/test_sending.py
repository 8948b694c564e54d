"""What is sent, to whom, and that nothing is sent twice, whatever happens meanwhile."""

from __future__ import annotations

import dataclasses
from datetime import datetime

import pytest

from indexer.alerts import delivery
from indexer.alerts.run import AlertRun
from indexer.alerts.smtp import MailServer, UnknownError
from indexer.alerts.store.outbox import MOST_REFUSED
from indexer.directives.number import parse_number
from indexer.model import Article, Attachment
from indexer.settings import ENGINES, EngineName
from tests.alerts.conftest import DAY, Service, article
from tests.alerts.mailbox import text_of
from tests.collection import ARTICLES

WHO, OTHER = "ten@vidu.example", "khac@vidu.example"
NEWS = article(
    "moi",
    "Lễ hội hòa bình <năm nay>",
    "Ủy ban nhân dân thành phố công bố chương trình lễ hội hòa bình.",
    published=datetime.fromisoformat("2024-03-10T08:00:00+07:00"),
)


def test_a_mail_tells_of_what_is_new(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.add(NEWS, article("khac", "Chợ hoa đêm", "Chợ mở đến khuya."))
    report = service.next_day()
    assert (report.articles, report.alerts, report.planned) == (2, 1, 1)
    (mail,) = service.mailbox.mails
    assert mail["Subject"] == "hòa bình: 1 bài mới" and mail["To"] == WHO
    assert mail["From"] == "Tra Cứu <tin@lamgiang.example>"
    plain, html = text_of(mail), text_of(mail, "html")
    for said in (
        "Lễ hội hòa bình <năm nay>",
        "lamgiang.example · 08:00, 10/03/2024",
        "https://tim.lamgiang.example/articles/le-hoi-hoa-binh-nam-nay--moi",
    ):
        assert said in plain
    assert "<mark>hòa bình</mark> &lt;năm nay&gt;" in html and "Chợ hoa đêm" not in plain + html
    # RFC 8058, and the address is one word for those who read it without decoding.
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        b"\r\nList-Unsubscribe: <https://tim.lamgiang.example/alerts/leave?token=" in service.mailbox.raw[0]
    )
    assert max(map(len, service.mailbox.raw[0].splitlines())) < 998


def test_english_and_weekly(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình", "weekly", "en")
    service.add(NEWS)
    service.next_day(1)  # Sunday
    assert service.mailbox.raw == []
    service.next_day(1)
    (mail,) = service.mailbox.mails
    assert mail["Subject"] == "hòa bình: 1 new article" and "10 Mar 2024, 08:00" in text_of(mail)
    assert "weekly e-mails" in text_of(mail)


@pytest.mark.parametrize("engine", ENGINES)
def test_only_what_is_meant_and_new_and_for_the_public(service: Service, engine: EngineName) -> None:
    service.settings = dataclasses.replace(service.settings, engine=engine)
    service.add(*ARTICLES)
    service.confirmed(WHO, "q=hòa bình")
    service.confirmed(WHO, "q=học phí&source=lamgiang.example")
    old = next(one for one in ARTICLES if one.id == "hoa-binh")
    service.add(
        article("gan-giong", "Hóa sinh và bỉnh bút", "Hoà với bình không liền nhau: hoa trong bình."),
        article("mat", "Hòa bình nội bộ", "Hòa bình cho cán bộ.", audience="staff"),
        dataclasses.replace(old, title="Lễ hội vì hòa bình (sửa)"),
        dataclasses.replace(old, id="dang-lai", sources=("lamgiang.example",)),
        article("phi", "Học phí mới", "Mức học phí năm nay."),
        article("phi-khac", "Học phí nơi khác", "Mức học phí năm nay tăng.", sources=("khac.example",)),
    )
    service.next_day()
    (mail,) = service.mailbox.mails
    assert "/articles/hoc-phi-moi--phi\n" in text_of(mail) and "phi-khac" not in text_of(mail)
    # What was for staff is news when it is for the public, and only then.
    service.add(article("mat", "Hòa bình nội bộ", "Hòa bình cho cán bộ."))
    service.mailbox.raw.clear()
    service.next_day()
    assert service.subjects() == ["hòa bình: 1 bài mới"]


def test_what_is_hidden_before_a_mail_goes_out_is_not_in_it(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.add(NEWS, article("cong-khai", "Hòa bình ở phường", "Ngày hội hòa bình."))
    service.mailbox.rcpt = lambda address: "451 later"
    service.next_day()
    service.add(dataclasses.replace(NEWS, audience="staff"))
    service.mailbox.rcpt = lambda address: None
    service.now += 3600
    service.run()
    (mail,) = service.mailbox.mails
    assert mail["Subject"] == "hòa bình: 1 bài mới" and "--moi" not in text_of(mail)


def test_copies_are_told_of_once(service: Service) -> None:
    body = (
        "Ủy ban nhân dân thành phố công bố chương trình lễ hội hòa bình tại quảng trường với nhiều hoạt động. "
        * 8
    )
    service.confirmed(WHO, "q=hòa bình")
    service.add(
        *(
            article(
                f"bai-{n}",
                "Chương trình lễ hội hòa bình tại quảng trường",
                body,
                sources=(f"nguon{n}.example",),
            )
            for n in (1, 2)
        )
    )
    service.next_day()
    assert service.subjects() == ["hòa bình: 1 bài mới"]


def test_what_cites_a_document(service: Service) -> None:
    assert parse_number("38-CT/TW")
    service.confirmed(WHO, "q=viện dẫn:38-CT/TW")
    service.add(
        article(
            "dan", "Kế hoạch mới", "Kế hoạch thực hiện Chỉ thị số 38-CT/TW ngày 19/9/2019 của Ban Bí thư."
        ),
        article(
            "khong", "Kế hoạch khác", "Kế hoạch thực hiện Chỉ thị số 39-CT/TW ngày 1/11/2019 của Ban Bí thư."
        ),
    )
    service.next_day()
    assert service.subjects() == ["Bài viện dẫn 38-CT/TW: 1 bài mới"]


def test_what_stands_in_an_attachment_is_told_from_there(service: Service) -> None:
    service.confirmed(WHO, "q=hồ điều hòa")
    service.add(
        article(
            "tep",
            "Thông báo số mới",
            "Xem tệp đính kèm.",
            attachments=(Attachment("thong-bao.txt", content="Cải tạo hồ điều hòa phía nam.".encode()),),
        )
    )
    service.next_day()
    (mail,) = service.mailbox.mails
    assert "Trong tệp thong-bao.txt: " in text_of(mail, "html") and "hồ điều hòa phía nam" in text_of(mail)


def test_more_than_a_mail_shows_is_counted(service: Service) -> None:
    service.confirmed(WHO, "q=tuyển sinh")
    words = "quận huyện phường xã thôn bản làng khu tổ ấp buôn sóc".split()
    service.add(
        *(
            Article(
                f"t{n}",
                f"Tuyển sinh lớp {n} {words[n % 12]}",
                f"Tuyển sinh {n * 7919} tại {words[n * 5 % 12]} {n}.",
            )
            for n in range(23)
        )
    )
    service.next_day()
    (mail,) = service.mailbox.mails
    assert mail["Subject"] == "tuyển sinh: 23 bài mới" and text_of(mail).count("/articles/") == 20
    assert "Còn 3 bài mới khác." in text_of(mail)


class Killed(BaseException):
    """The end of a process, as far as what it leaves behind goes."""


@pytest.mark.parametrize("before", [True, False], ids=["before it is taken", "after it is taken"])
def test_killed_while_it_sends_nothing_is_sent_twice(
    service: Service, monkeypatch: pytest.MonkeyPatch, before: bool
) -> None:
    for who in (WHO, OTHER):
        service.confirmed(who, "q=hòa bình")
    service.add(NEWS)
    hand_over = MailServer.hand_over

    def killed(server: MailServer, message: object) -> None:
        if not before:
            hand_over(server, message)  # type: ignore[arg-type]
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(MailServer, "hand_over", killed)
        with pytest.raises(Killed):
            service.next_day()
    report = service.run()
    assert report.lost == 1 and report.outcomes["sent"] == 1
    got = [mail["To"] for mail in service.mailbox.mails]
    assert got == ([OTHER] if before else [WHO, OTHER])
    assert service.next_day().outcomes.total() == 0


def test_killed_before_anything_is_planned_the_same_is_found_again(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.add(NEWS)
    with monkeypatch.context() as patched:
        patched.setattr(delivery.Delivery, "run", lambda self: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            service.next_day()
    with monkeypatch.context() as patched:
        patched.setattr(AlertRun, "match", lambda self: (_ for _ in ()).throw(Killed()))
        with pytest.raises(Killed):
            service.run()
    service.run()
    assert service.subjects() == ["hòa bình: 1 bài mới"]


def test_a_server_that_goes_while_it_takes_a_mail_gets_it_no_second_time(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.add(NEWS)

    def unknown(server: MailServer, message: object) -> None:
        raise UnknownError("gone")

    with monkeypatch.context() as patched:
        patched.setattr(MailServer, "hand_over", unknown)
        assert service.next_day().outcomes == {"unknown": 1}
    assert service.run().outcomes.total() == 0


def test_a_mailbox_that_is_not_there_is_left_alone_after_some_times(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.confirmed(OTHER, "q=hòa bình")
    service.mailbox.rcpt = lambda address: "550 5.1.1 no such user" if address == WHO else None
    for n in range(MOST_REFUSED + 1):
        service.add(article(f"bai-{n}", f"Hòa bình lần {n}", f"Ngày hội hòa bình thứ {n}."))
        service.next_day()
    assert [one.paused for one in service.subscriptions.list()] == [True, False]
    assert len(service.mailbox.raw) == MOST_REFUSED + 1
    # Who confirms again is there again.
    service.mailbox.rcpt = lambda address: None
    service.confirmed(WHO, "q=hòa bình")
    assert not any(one.paused for one in service.subscriptions.list())


def test_one_that_was_never_there_is_forgotten(service: Service) -> None:
    service.mailbox.rcpt = lambda address: "550 5.1.1 no such user"
    service.ask(WHO, "q=hòa bình")
    service.run()
    assert service.subscriptions.list() == []


@pytest.mark.parametrize("said", ["451 greylisted", "550 5.7.1 relaying denied"])
def test_what_is_not_taken_now_is_tried_again_and_once_only(service: Service, said: str) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.add(NEWS)
    service.mailbox.rcpt = lambda address: said
    assert service.next_day().outcomes == {"later": 1}
    assert service.run().outcomes.total() == 0, "not at once"
    service.mailbox.rcpt = lambda address: None
    service.now += 600
    assert service.run().outcomes == {"sent": 1} and service.run().outcomes.total() == 0


def test_without_a_server_mails_wait(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.add(NEWS)
    there = service.settings
    service.settings = dataclasses.replace(
        there, smtp=dataclasses.replace(there.smtp, host="127.0.0.1", port=1)
    )
    report = service.next_day()
    assert report.planned == 1 and report.stopped is not None and report.stopped.exit_code == 3
    service.settings = there
    assert service.run().outcomes == {"sent": 1}


def test_an_alert_that_is_left_has_nothing_waiting(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.add(NEWS)
    service.mailbox.rcpt = lambda address: "451 later"
    service.next_day()
    (one,) = service.subscriptions.list()
    assert one.waiting == 1 and service.subscriptions.remove(one.alert.id)
    service.mailbox.rcpt = lambda address: None
    service.now += DAY
    assert service.run().outcomes.total() == 0
