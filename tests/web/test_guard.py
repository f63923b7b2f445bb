"""Nobody but the page itself, and programs with the token, gets an answer."""

from __future__ import annotations

import errno
import socket
from contextlib import suppress

import httpx
import pytest

from analyzer.web.guard import HEADERS

PAGES = ("/", "/static/review.js", "/api/v1", "/runs", "/nothing/here")


@pytest.fixture
def stranger(server):
    """Ask without a token."""
    with httpx.Client(base_url=server.root) as asking:
        yield asking


@pytest.fixture
def browser(server):
    """Ask as a browser does that opened the address."""
    with httpx.Client(base_url=server.root, follow_redirects=True) as asking:
        asking.get(server.address)
        yield asking


def test_the_first_address_leads_to_the_page_and_leaves_a_cookie(server, stranger):
    """The token stays in no history: the page's own address has none."""
    answer = stranger.get(server.address)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert stranger.get("/").status_code == 200
    assert server.token not in stranger.get("/").text


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    "held",
    [
        {},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer wrong"},
        {"Authorization": "Basic dXNlcjpwYXNz"},
        {"Authorization": "Bearer " + "x" * 20_000},
        {"Authorization": b"Bearer \xff\xfe"},
        {"Cookie": "progcheck=x"},
    ],
)
def test_without_the_token_there_is_nothing(stranger, path, held):
    """Not even whether there is such a page."""
    for method in ("GET", "POST", "DELETE", "OPTIONS"):
        answer = stranger.request(method, path, headers=held)
        assert answer.status_code == (401 if path.startswith("/api/") else 403), method
        assert "progcheck serve" in answer.text


def test_a_person_without_the_token_is_told_where_it_is_and_may_paste_it(server, stranger):
    """The token, or the whole line that the server printed."""
    page = stranger.get("/").text
    assert "This page needs its token" in page
    assert 'name="token"' in page
    for pasted in (server.token, f" {server.token} ", server.address):
        with httpx.Client(base_url=server.root) as other:
            assert other.get("/", params={"token": pasted}).status_code == 303
            assert other.get("/").status_code == 200


def test_a_wrong_token_in_the_address_is_no_token(stranger):
    """Whatever it holds."""
    for given in ("wrong", "", "x" * 30_000, "é", "%00", "%ff"):
        assert stranger.get(f"/?token={given}").status_code == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:{port}", "127.0.0.1", "localhost:1", "127.0.0.1.evil:{port}",
     "[::1]:{port}", "0.0.0.0:{port}", "", "127.0.0.1:{port}@evil", "x" * 5000],
)  # fmt: skip
def test_another_name_of_this_machine_is_another_site(server, host):
    """DNS rebinding: the token alone does not help."""
    with server.client() as client:
        for path in PAGES:
            answer = client.get(path, headers={"Host": host.format(port=server.port)})
            assert (answer.status_code, "127.0.0.1" in answer.text) == (421, True)


def test_a_server_goes_by_its_number_or_as_localhost(server):
    """No other name."""
    with server.client() as client:
        for name in ("127.0.0.1", "localhost"):
            asked = client.get("/api/v1", headers={"Host": f"{name}:{server.port}"})
            assert asked.status_code == 200


@pytest.mark.parametrize(
    "origin",
    ["null", "https://evil.example", "http://127.0.0.1", "https://127.0.0.1:{port}",
     "http://127.0.0.1:1", "http://localhost:{port}", ""],
)  # fmt: skip
def test_another_site_can_ask_for_nothing(server, browser, origin):
    """With cookie or token: what the page of another site sends is refused."""
    named = {"Origin": origin.format(port=server.port)}
    for method, path in (("GET", "/"), ("POST", "/runs"), ("DELETE", "/api/v1/batches/x")):
        for held in ({}, {"Authorization": f"Bearer {server.token}"}):
            answer = browser.request(method, path, headers=named | held)
            assert answer.status_code == 403, path
            assert "another site" in answer.text


def test_what_changes_something_says_from_which_site(server, browser):
    """With a cookie alone it may come from anywhere; a program has a token."""
    assert browser.post("/runs", content=b"x").status_code == 403
    own = {"Origin": server.root}
    assert browser.post("/runs", content=b"x", headers=own).status_code == 422
    with server.client() as program:
        assert program.post("/runs", content=b"x").status_code == 422


def test_every_answer_has_the_headers_of_the_guard(server, stranger):
    """Pages, parts, files, errors, and what the guard itself says."""
    with server.client() as client:
        answers = [
            client.get("/"), client.get("/static/review.js"), client.get("/static/report.css"),
            client.get("/nothing"), client.put("/"), client.get("/api/v1/openapi.json"),
            client.get("/api/v1/nothing"), client.post("/api/v1/reviews", content=b""),
            client.post("/runs", content=b"no run"), client.post("/review", content=b"x"),
            client.get("/", headers={"Host": "evil.example"}), stranger.get("/"),
            stranger.get(server.address),
        ]  # fmt: skip
    for answer in answers:
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, answer.url
        assert answer.headers["cache-control"] in ("no-store", "private, no-cache")
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert "server" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_a_websocket_is_answered_as_any_other_request(server, stranger):
    """There is none; without the token nobody learns even that."""
    upgrade = {
        "Connection": "Upgrade",
        "Upgrade": "websocket",
        "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version": "13",
    }
    assert stranger.get("/", headers=upgrade).status_code == 403
    with server.client() as client:
        assert client.get("/socket", headers=upgrade).status_code == 404


def end_sending(link):
    """Say that nothing more comes, unless the other end has closed the connection by now."""
    try:
        link.shutdown(socket.SHUT_WR)
    except OSError as error:
        if error.errno != errno.ENOTCONN:
            raise


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET /" + b"x" * 200_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
    ],
)
def test_what_is_no_request_gets_no_page(server, client, sent):
    """Refused, or the connection is closed; the server lives on."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=120) as link:
        answer = b""
        with suppress(ConnectionError):  # closed before all of it was sent
            link.sendall(sent)
            end_sending(link)
            while part := link.recv(65536):
                answer += part
    assert answer == b"" or answer.split(b" ")[1][:1] == b"4", answer[:100]
    assert client.get("/api/v1").status_code == 200
