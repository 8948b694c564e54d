"""From the form to the first mail, and to the last: what is kept of an address, and for how long."""

from __future__ import annotations

import stat

import pytest

from indexer.alerts.address import read_address
from indexer.alerts.sealing import FILE_NAME as KEY
from indexer.alerts.sealing import Sealer
from indexer.alerts.store.limits import PER_CLIENT, PER_MAILBOX
from indexer.alerts.store.schema import FILE_NAME
from indexer.alerts.values import TooManyError
from indexer.errors import ParameterError, StorageError
from tests.alerts.conftest import DAY, Service, article
from tests.alerts.mailbox import text_of, token_of

WHO = "ten.nguoi@vidu.example"
NEWS = article("moi", "Lễ hội hòa bình năm nay", "Ủy ban nhân dân thành phố công bố chương trình.")


def kept(service: Service) -> bytes:
    """All bytes that are kept of alerts."""
    return b"".join(path.read_bytes() for path in service.settings.data.glob(f"{FILE_NAME}*"))


def test_nothing_is_sent_before_the_address_has_said_yes(service: Service) -> None:
    service.ask(WHO, "q=hòa bình")
    service.run()
    (mail,) = service.mailbox.mails
    assert mail["To"] == WHO and "hòa bình" in mail["Subject"] and "/alerts/confirm?token=" in text_of(mail)
    assert "List-Unsubscribe" not in mail
    service.add(NEWS)
    service.next_day()
    assert len(service.mailbox.raw) == 1
    assert service.subscriptions.confirm(token_of(mail), service.now)
    assert service.subscriptions.confirm(token_of(mail), service.now) is None, "a token is for once"
    service.next_day()
    assert len(service.mailbox.raw) == 1, "what came before the yes is no news"


def test_a_token_does_one_thing_only_and_is_kept_nowhere(service: Service) -> None:
    service.ask(WHO, "q=hòa bình")
    service.run()
    confirm = token_of(service.mailbox.mails[0])
    assert not service.subscriptions.leave(confirm)
    assert service.subscriptions.confirm(confirm, service.now)
    service.add(NEWS)
    service.next_day()
    leave = token_of(service.mailbox.mails[-1])
    assert service.subscriptions.confirm(leave, service.now) is None
    assert not any(token.encode() in kept(service) for token in (confirm, leave))
    assert service.subscriptions.leave(leave) and not service.subscriptions.leave(leave)


def test_addresses_are_sealed_for_their_owner_only_and_go_with_the_last_alert(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình")
    service.confirmed(WHO, "q=học phí")
    for name in (FILE_NAME, f"{FILE_NAME}-wal", KEY):
        assert stat.S_IMODE((service.settings.data / name).stat().st_mode) == 0o600
    assert b"vidu" not in kept(service)
    service.add(NEWS, article("phi", "Học phí mới", "Mức học phí mới."))
    service.next_day()
    first, second = map(token_of, service.mailbox.mails)
    assert service.subscriptions.leave(first)
    (left,) = service.subscriptions.list()
    assert left.address == "t…@vidu.example"
    assert service.subscriptions.leave(second)
    assert service.subscriptions.list() == [] and service.subscriptions.remove_recipient("mail", WHO) == 0


def test_who_does_not_answer_is_forgotten(service: Service) -> None:
    service.ask(WHO, "q=hòa bình")
    service.run()
    service.now += 2 * DAY + 1
    assert service.subscriptions.confirm(token_of(service.mailbox.mails[0]), service.now) is None
    service.run()
    assert service.subscriptions.list() == []


def test_nobody_is_flooded_and_nothing_tells_who_is_known(service: Service) -> None:
    for n in range(PER_MAILBOX + 2):
        service.ask(WHO, f"q=chợ hoa {n}")
        service.ask(WHO.replace("@", f"+{n}@"), f"q=hoa {n}")
    service.run()
    assert len(service.mailbox.raw) == PER_MAILBOX
    service.now += DAY
    service.ask(WHO, "q=chợ hoa")
    service.run()
    assert len(service.mailbox.raw) == PER_MAILBOX + 1


def test_one_client_asks_for_so_many_a_day(service: Service) -> None:
    for n in range(PER_CLIENT):
        service.ask(f"ten{n}@vidu.example", "q=chợ", client="192.0.2.1")
    with pytest.raises(TooManyError):
        service.ask("ten@vidu.example", "q=chợ", client="192.0.2.1")
    service.ask("ten@vidu.example", "q=chợ", client="192.0.2.2")
    assert b"192.0.2" not in kept(service)


def test_the_same_again_takes_the_place_of_what_was(service: Service) -> None:
    service.confirmed(WHO, "q=hòa bình", "weekly")
    service.confirmed(WHO.upper(), "q=hòa bình", "daily", "en")
    (one,) = service.subscriptions.list()
    assert (one.alert.rhythm, one.alert.language) == ("daily", "en")


@pytest.mark.parametrize(
    "typed",
    ["", "ten", "ten@", "@vidu.vn", "ten@vidu", "a b@vidu.vn", "ten@vidu.vn\nBcc: x@y.vn", "ten@[127.0.0.1]",
     "ten@127.0.0.1", "tên@vidu.vn", '"a b"@vidu.vn', "ten@vidu..vn", "ten@-vidu.vn", "a" * 65 + "@vidu.vn", "@" * 100_000],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(ParameterError):
        read_address(typed)


def test_addresses_as_people_type_them() -> None:
    assert read_address(" Ten.Nguoi+tin@ViDu.VN ") == "Ten.Nguoi+tin@vidu.vn"
    local, _, domain = read_address("ten@tiếngviệt.vn").partition("@")
    assert local == "ten" and domain.isascii() and domain.encode().decode("idna") == "tiếngviệt.vn"


def test_what_is_sealed_opens_with_its_key_and_for_its_purpose_only() -> None:
    sealer = Sealer(b"k" * 32)
    sealed = sealer.seal(WHO, "address")
    assert sealer.open(sealed, "address") == WHO and sealer.seal(WHO, "address") != sealed
    for other, purpose, text in (
        (Sealer(b"l" * 32), "address", sealed),
        (sealer, "secret", sealed),
        (sealer, "address", sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(StorageError):
            other.open(text, purpose)
