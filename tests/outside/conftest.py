"""What the tests against outside software share: where a program or module is missing, the test says so and is skipped."""

import importlib.util
import shutil

import pytest

# Debian package by program, so that a skip says how to mend it.
PROGRAMS = {
    "soffice": "libreoffice-calc", "softhsm2-util": "softhsm2", "openssl": "openssl", "xmlsec1": "xmlsec1", "pdfsig": "poppler-utils",
    "certutil": "libnss3-tools", "crlutil": "libnss3-tools", "psql": "postgresql",
    "Xvfb": "xvfb", "dbus-daemon": "dbus-daemon", "ibus-daemon": "ibus", "ibus": "ibus"}


@pytest.fixture(scope="session")
def program():
    """`program("soffice")` → its path; the test is skipped with a reason where it is not installed."""
    def find(name: str) -> str:
        found = shutil.which(name)
        if found is None:
            pytest.skip(f"{name} is not installed (Debian: {PROGRAMS.get(name, name)})")
        return found
    return find


@pytest.fixture(scope="session")
def module():
    """`module("atheris", "fuzz")`: the test is skipped where the module of an extra is not installed."""
    def need(name: str, extra: str) -> None:
        if importlib.util.find_spec(name) is None:
            pytest.skip(f"{name} is not installed (extra `{extra}`)")
    return need
