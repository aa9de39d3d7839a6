"""Keys: the same as SQLCipher's own, one for all ways to type a passphrase, shown nowhere; and how good one is."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from desktop.model import FollowUp
from desktop.model.visibility import AUDIENCES
from desktop.service.workspace import Workspace
from desktop.store import keys, witness
from desktop.store.connections import KEYED, PRAGMAS, connect
from desktop.store.engine import Engine, StoreError, sqlcipher
from desktop.store.errors import Encrypted, WrongPassphrase
from desktop.store.keys import derive
from desktop.store.strength import strength
from tests.store.conftest import FEW
from tests.store.images import PASSPHRASE, beside, image, save, titles

ROOT = Path(__file__).parents[2]


# ---- opening


def test_it_opens_with_its_passphrase_alone(sealed: Workspace) -> None:
    path = sealed.engine.path
    save(sealed, 2)
    sealed.close()
    with pytest.raises(Encrypted, match="takes its passphrase"):
        Engine.open(path)
    with pytest.raises(WrongPassphrase, match=r"does not open .* damaged"):
        Engine.open(path, passphrase=PASSPHRASE + "?")
    with pytest.raises(WrongPassphrase):
        Engine.open(path, key=derive("another", sealed.engine.key.salt, FEW[0]))  # type: ignore[union-attr]
    opened = Workspace.open(path, passphrase=PASSPHRASE)
    assert titles(opened) == ["Number 0", "Number 1"]
    key = opened.engine.key
    opened.close()
    opened = Workspace.open(path, key=key)
    assert FollowUp.select().count() == 2
    opened.close()


def test_a_plain_workspace_needs_no_passphrase_and_minds_none(workspace: Workspace) -> None:
    assert workspace.engine.key is None
    workspace.close()
    opened = Engine.open(workspace.engine.path, passphrase="whatever")
    assert opened.key is None
    opened.close()


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_may_be_typed_either_way(tmp_path: Path, quick: None, form: str) -> None:
    typed = "Señor Müller läuft über die Brücke"
    path = tmp_path / "post.juntos"
    Engine.create(path, passphrase=unicodedata.normalize("NFD" if form == "NFC" else "NFC", typed)).close()
    Engine.open(path, passphrase=unicodedata.normalize(form, typed)).close()  # type: ignore[arg-type]


def test_control_without_one_form_the_other_does_not_open(
    tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "normalised", lambda passphrase: passphrase)
    path = tmp_path / "post.juntos"
    Engine.create(path, passphrase=unicodedata.normalize("NFD", "Brücke über den Fluß")).close()
    with pytest.raises(WrongPassphrase):
        Engine.open(path, passphrase=unicodedata.normalize("NFC", "Brücke über den Fluß"))


def test_any_tool_of_sqlcipher_opens_it_with_the_passphrase(sealed: Workspace) -> None:
    save(sealed)
    key = sealed.engine.key
    assert key is not None
    sealed.close()
    tool = sqlcipher.connect(str(sealed.engine.path))
    tool.execute(f"PRAGMA key = '{PASSPHRASE}'")
    tool.execute(f"PRAGMA kdf_iter = {key.rounds}")
    assert tool.execute("SELECT title FROM follow_up").fetchall() == [("Number 0",)]
    tool.close()


@pytest.mark.parametrize("rounds", FEW)
def test_whatever_its_rounds_it_opens(
    tmp_path: Path, quick: None, rounds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "rounds_here", lambda: rounds)
    path = tmp_path / "post.juntos"
    Engine.create(path, passphrase=PASSPHRASE).close()
    told = witness.read(path)
    assert told is not None
    assert told.rounds == rounds
    witness.place(path).unlink()
    opened = Engine.open(path, passphrase=PASSPHRASE)
    assert opened.key is not None
    assert opened.key.rounds == rounds
    opened.close()


def test_the_rounds_hinted_at_are_tried_first(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    monkeypatch.setattr(keys, "ROUNDS", FEW)
    keys.found("x", bytes(16), lambda key: bool(tried.append(key.rounds)), FEW[2])
    assert tried == [FEW[2], FEW[0], FEW[1], FEW[3]]


def test_rounds_follow_the_machine() -> None:
    assert keys.rounds_here(0) == keys.ROUNDS[0]
    assert keys.rounds_here(1e9) == keys.ROUNDS[-1]


def test_nothing_of_a_key_is_shown() -> None:
    key = derive(PASSPHRASE, bytes(range(16)), 1000)
    shown = repr(key) + str(key) + f"{key}"
    for secret in (key.raw.hex(), repr(key.raw), key.salt.hex(), "1000"):
        assert secret not in shown


# ---- every connection


def test_every_connection_is_keyed_and_told_the_same(sealed: Workspace) -> None:
    engine = sealed.engine
    save(sealed)
    reader = engine.reader()
    wanted = {**PRAGMAS, **KEYED}
    for connection in (engine.db.connection(), engine.db.any_open(), reader):
        told = {name: int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in wanted}
        assert told == wanted
        assert connection.execute("SELECT title FROM follow_up").fetchall() == [("Number 0",)]
        status = dict.fromkeys([connection.execute("PRAGMA cipher_status").fetchone()[0]])
        assert status == {"1": None}
    reader.close()
    assert engine.pragma("journal_mode") == "wal"


def test_a_program_has_its_memory_wiped_and_kept_from_the_swap(tmp_path: Path) -> None:
    """In a process of its own: tests go without (tests/conftest.py)."""
    code = (
        "import sys; from pathlib import Path; from desktop.store.engine import Engine;"
        "made = Engine.create(Path(sys.argv[1]), passphrase=sys.argv[2]);"
        "print(made.pragma('cipher_memory_security'))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "post.juntos"), PASSPHRASE]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"


def test_a_pragma_that_is_not_kept_is_told(sealed: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KEYED, "cipher_page_size", 5000)
    with pytest.raises(StoreError, match="cipher_page_size is 4096, not 5000"):
        sealed.engine.reader()


def test_views_of_an_audience_work_keyed(sealed: Workspace) -> None:
    save(sealed)
    with sealed.engine.seen_by(AUDIENCES[-1]):
        assert titles(sealed) == []
    assert titles(sealed) == ["Number 0"]
    assert list(sealed.engine.each("SELECT title FROM follow_up")) == [("Number 0",)]


def test_no_plain_text_on_disk(sealed: Workspace, tmp_path: Path) -> None:
    canary = b"Canary of the embassy"
    with sealed.operation("Add") as writing:
        writing.create(FollowUp, {"title": canary.decode(), "detail": canary.decode() * 100})
    path = image(sealed, tmp_path / "crash")
    sealed.engine.rescue(tmp_path / "rescued.juntos")
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert {file.name for file in files} >= {
        path.name,
        f"{path.name}-wal",
        f"{path.name}-shm",
        "rescued.juntos",
    }
    assert [file for file in files if canary in file.read_bytes()] == []
    with pytest.raises(sqlcipher.DatabaseError):
        sqlcipher.connect(str(beside(path, ""))).execute("SELECT * FROM follow_up")


def test_control_in_a_plain_workspace_the_text_is_found(workspace: Workspace, tmp_path: Path) -> None:
    with workspace.operation("Add") as writing:
        writing.create(FollowUp, {"title": "Canary of the embassy"})
    path = image(workspace, tmp_path / "crash")
    assert b"Canary of the embassy" in beside(path, "-wal").read_bytes()


# ---- damage


def flipped(path: Path, trials: int, key: keys.Key | None) -> tuple[int, int]:
    """How often a flipped bit was told at reading all of a file, and how often what was read was another thing."""
    content = path.read_bytes()

    def read() -> list[object]:
        connection = connect(path, key, mode="ro", immutable=True)
        try:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return [connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in tables]
        finally:
            connection.close()

    whole = read()
    told = silent = 0
    begin = content.find(b"word word") if key is None else len(content) // 2
    for number in range(trials):
        spoilt = bytearray(content)
        spoilt[begin + number * 13] ^= 1 << number % 8
        path.write_bytes(spoilt)
        try:
            silent += read() != whole
        except sqlcipher.DatabaseError:
            told += 1
    path.write_bytes(content)
    return told, silent


def test_a_flipped_bit_is_told_where_pages_are_signed(sealed: Workspace) -> None:
    save(sealed, 5, size=2000)
    key = sealed.engine.key
    sealed.close()
    told, silent = flipped(sealed.engine.path, 40, key)
    assert silent == 0
    assert told > 30, "pages in use"


def test_control_without_signatures_it_is_silent(workspace: Workspace) -> None:
    save(workspace, 5, size=2000)
    workspace.close()
    assert flipped(workspace.engine.path, 40, None)[1] > 30


NOISE = """
import sys
from pathlib import Path
from sqlcipher3 import dbapi2 as sqlcipher
from desktop.store import connections
from desktop.store.keys import derive
if sys.argv[2] == "loud":
    connection = sqlcipher.connect(":memory:")
    connection.execute("PRAGMA cipher_log_level = DEBUG")
    connection.execute("PRAGMA cipher_log = stderr")
path = Path(sys.argv[1])
path.touch()
key = derive("x", bytes(range(16)), 1000)
made = connections.connect(path, key)
made.execute("CREATE TABLE t (a)")
made.executemany("INSERT INTO t VALUES (?)", [("x" * 2000,)] * 50)
made.close()
content = bytearray(path.read_bytes())
for page in range(1, len(content) // 4096):
    content[page * 4096 + 100] ^= 1
path.write_bytes(content)
try:
    connections.connect(path, key).execute("SELECT * FROM t").fetchall()
except sqlcipher.DatabaseError:
    print("told")
"""


@pytest.mark.parametrize("how", ["as it is", "loud"])
def test_sqlcipher_says_nothing_by_itself(tmp_path: Path, how: str) -> None:
    command = [sys.executable, "-c", NOISE, str(tmp_path / "noisy.db"), how]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "told\n"
    # The control: with its log, it would have been heard.
    assert bool(done.stderr) == (how == "loud")


# ---- how good a passphrase is


@pytest.mark.parametrize(
    "weak", ["", "short", "aaaaaaaaaaaaaaaa", "1234567890123", "qwertyuiopasdf", "one two", "abcabcabcabcabc"]
)
def test_what_is_easily_guessed_is_refused(weak: str) -> None:
    found = strength(weak)
    assert not found.accepted
    assert found.level == 0
    assert found.sentence.endswith(".")


def test_what_is_good_is_told() -> None:
    ladder = [
        "summer2026paris",
        "correct horse battery staple orbit",
        "kettle-orbit-91!",
        "tea kettle orbit moss lantern gravel seven harbour ink",
    ]
    bits = [strength(each).bits for each in ladder]
    assert all(strength(each).accepted for each in ladder)
    assert bits == sorted(bits)
    assert strength(ladder[-1]).level == 3
    assert strength("Brücke 9 über — den 夜 Fluß").accepted


@pytest.mark.parametrize(
    "text",
    [
        "seven lanterns drift under quiet bridges tonight",
        "correct horse battery staple orbit",
        "extraordinarily long incomprehensibilities",
        "Wq7#mZ2!pLx9vB",
        "静かな橋の下を七つの灯籠が流れる夜",
    ],
)
def test_what_is_added_never_makes_it_less(text: str) -> None:
    bits = [strength(text[:length]).bits for length in range(len(text) + 1)]
    assert bits == sorted(bits)
    assert bits[-1] > bits[0]


def test_three_words_are_not_strong_for_their_letters() -> None:
    assert strength("seven lanterns drift").level == 0
    assert strength("seven lanterns drift under quiet bridges tonight now and then").level == 3


def test_words_of_the_workspace_are_worth_little() -> None:
    text = "Embassy Santiago 2026!"
    assert strength(text, ["Embassy", "Santiago"]).bits < strength(text).bits


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Embassy Santiago", ["Santiago"]),
        ("Embassy Santiago", ["Embassy", "Santiago"]),
        ("Embassy Santiago", []),
        ("password password", []),
        ("Santiago 2026!", []),
    ],
)
def test_two_words_of_a_list_are_easily_guessed_however_many_their_letters(
    text: str, known: list[str]
) -> None:
    found = strength(text, known)
    assert (found.accepted, found.level) == (False, 0)
    assert "Too easy to guess" in found.sentence
    # The control: a word more is not refused, only called weak.
    assert strength(f"{text} lantern gravel", known).accepted


def test_five_words_may_be_short() -> None:
    assert strength("a owl ate my hat").accepted
    assert not strength("my my my my my").accepted
