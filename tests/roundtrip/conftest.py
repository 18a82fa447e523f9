"""No network, and keys that are made quickly."""

import socket
from functools import partial

import pytest

from unionclient.submission import authority, keys


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """Whoever asks for an address or a connection fails the test."""
    def refuse(*words, **more):
        raise AssertionError(f"the round trip asked for the network: {words}")
    for verb in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, verb, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch):
    """Short keys under a weak derivation: the round trip opens keys some thirty times."""
    monkeypatch.setattr(keys, "make_key", partial(keys.make_key, bits=2048, scrypt_n=2**4))
    monkeypatch.setattr(authority.Authority, "init", partial(authority.Authority.init, bits=2048, scrypt_n=2**4))
