"""One key, one street and one small package for all tests of the room."""

import shutil

import pytest
from submission.bench import CHEAP, PASSPHRASE, Bench, pack

from unionclient.submission.keys import SigningKey, make_key
from unionclient.submission.package import PackageFile


@pytest.fixture(scope="session")
def key(tmp_path_factory) -> SigningKey:
    return make_key(tmp_path_factory.mktemp("key") / "street.key", PASSPHRASE, name="东花市街道总工会", street_code="110101013", **CHEAP)


@pytest.fixture(scope="session")
def package(tmp_path_factory, key) -> PackageFile:
    return pack(tmp_path_factory.mktemp("package") / "110101013-2017Q3-0001.asice", key)


@pytest.fixture(scope="session")
def bench(package, key) -> Bench:
    return Bench(package.path.read_bytes(), key)


def _outside(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


@pytest.fixture(scope="session")
def openssl() -> str:
    return _outside("openssl")


@pytest.fixture(scope="session")
def pdfsig() -> str:
    return _outside("pdfsig")
