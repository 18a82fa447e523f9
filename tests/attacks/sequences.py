"""Attacks on the order: sound packages at the wrong time."""

from attacks.scene import Attack, Scene

from unionclient.submission.sequence import Received


def _after(*numbers: int, accepted: bool = True):
    """What was received before: the scene's own packages by number."""
    def how(scene: Scene) -> dict[str, list[Received]]:
        packages = {1: scene.first, 2: scene.second}
        return {"known": scene.received(*(packages[number] for number in numbers), accepted=accepted)}
    return how


def _first(scene: Scene) -> bytes:
    return scene.first.path.read_bytes()


def _old(scene: Scene) -> bytes:
    """Number 1 made anew, when number 2 alone is known."""
    return scene.pack("old")


ATTACKS = [
    Attack("duplicate", "the same file again", _first, "sequence-duplicate", "replay", _after(1)),
    Attack("duplicate", "an earlier file again", _first, "sequence-duplicate", "replay", _after(1, 2)),
    Attack("duplicate", "a returned file again", _first, "sequence-duplicate", "replay", _after(1, accepted=False)),
    Attack("replay", "an old number after a higher one", _old, "sequence-replay", "replay", _after(2)),
    Attack("gap", "number 3 after number 1", lambda s: s.pack("3", seq=3, prev_sha256=s.first.sha256), "sequence-gap", "replay", _after(1)),
    Attack("gap", "number 2 before anything", lambda s: s.second.path.read_bytes(), "sequence-gap", "replay"),
    Attack("fork", "another package with the same number", lambda s: s.pack("again"), "sequence-fork", "replay", _after(1)),
    Attack("fork", "a second number 2", lambda s: s.pack("2b", seq=2, prev_sha256=s.first.sha256), "sequence-fork", "replay", _after(1, 2)),
    Attack("fork", "a second successor of number 1", lambda s: s.pack("3b", seq=3, prev_sha256=s.first.sha256), "sequence-fork", "replay", _after(1, 2)),
    Attack("fork", "a predecessor that never was", lambda s: s.pack("2c", seq=2, prev_sha256="f" * 64), "sequence-fork", "replay", _after(1)),
    Attack("fork", "no predecessor named", lambda s: s.pack("2d", seq=2, prev_sha256=None), "sequence-fork", "replay", _after(1)),
    Attack("fork", "an amendment of a fork", lambda s: s.pack("2e", seq=2, prev_sha256="e" * 64, amends=s.amending()), "sequence-fork", "replay", _after(1)),
]
