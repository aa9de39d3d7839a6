"""Opening a workspace, and which page leads on where that fails.

A file that takes its passphrase is asked for it; one that is damaged, empty, missing or another program's leads to the
page of recovery. To have another failure lead elsewhere: a line in `page_for`.

The page of the passphrase is `PassphrasePage(path, attempt)`: `attempt(passphrase=…)` or `attempt(key=…)` opens the
window, or raises `WrongPassphrase`. It has the signals `closed`, `open_requested` (another file), `backups_requested`,
`tell`, and `line`, what was typed: the page of recovery does not ask for that again.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.service.session import open_workspace
from desktop.service.workspace import Workspace
from desktop.store import kept
from desktop.store.errors import Damaged, Encrypted, StoreError, WrongPassphrase
from desktop.store.keys import Key
from desktop.ui.named import named

if TYPE_CHECKING:
    from desktop.ui.session import Session

PASSPHRASE = "desktop.ui.locking.passphrase:PassphrasePage"
RECOVERY = "desktop.ui.recovery.page:RecoveryPage"
RESTORE = "desktop.ui.recovery.restoring:restore_closed"


def opened(session: Session, path: Path, **options: Any) -> Workspace | None:
    """The workspace; None where it cannot be opened: then the page is shown that leads on."""
    try:
        return open_workspace(path, session.settings, **options)
    except StoreError as error:
        session.instead(page_for(session, path, error, options.get("key")))
    return None


def attempt(session: Session, path: Path, **options: Any) -> bool:
    """Open a workspace and show its window, else the page that leads on; whether it was opened."""
    workspace = opened(session, path, **options)
    if workspace is not None:
        session.show(workspace)
    return workspace is not None


def leads_on(path: Path, error: StoreError) -> bool:
    """Whether a page has more to offer than the sentence: a passphrase is asked for, or something can be saved."""
    if isinstance(error, Encrypted | WrongPassphrase):
        return True
    return bool(kept.listed(path)) or (isinstance(error, Damaged) and _was_ours(path))


def _was_ours(path: Path) -> bool:
    """Whether a file that cannot be read has been a workspace: it has a witness."""
    return path.with_name(path.name + ".witness").exists()


def page_for(session: Session, path: Path, error: StoreError, key: Key | None = None) -> Any:
    """The page that says why a workspace cannot be opened, and leads on; `key` is that with which it was tried."""
    if isinstance(error, Encrypted | WrongPassphrase):
        return _passphrase_page(session, path)
    return recovery_page(session, path, error, key=key)


def _passphrase_page(session: Session, path: Path) -> Any:
    def try_(**options: Any) -> None:
        try:
            workspace = open_workspace(path, session.settings, **options)
        except WrongPassphrase:
            raise
        except StoreError as error:
            session.instead(recovery_page(session, path, error, key=options.get("key")))
            return
        session.show(workspace)
        page.close()

    page = named(PASSPHRASE)(path, try_)
    page.open_requested.connect(lambda other: attempt(session, other) and page.close())
    page.backups_requested.connect(
        lambda: session.instead(recovery_page(session, path, None, passphrase=page.line.text() or None))
    )
    return page


def recovery_page(
    session: Session,
    path: Path,
    error: StoreError | None,
    *,
    key: Key | None = None,
    passphrase: str | None = None,
    locked: bool = False,
) -> Any:
    """The page of recovery; without an error it only lists the backups of what is `locked` or encrypted.

    `key` and `passphrase` are what is known already: kept in memory alone, for as long as the page is there.
    """
    second = session.settings.second_backup_folder
    page = named(RECOVERY)(path, str(error or ""), second, key=key, passphrase=passphrase, locked=locked)
    if session.behind is not None and error is not None:
        page.offer_back(session.behind.path.name)

    def again() -> None:
        try:
            workspace = open_workspace(path, session.settings, key=page.key)
        except (Encrypted, WrongPassphrase):
            session.instead(_passphrase_page(session, path))
        except StoreError as still:
            page.say(str(still))
        else:
            session.show(workspace)
            page.close()

    page.again_requested.connect(again)
    page.open_requested.connect(lambda other: attempt(session, other) and page.close())
    page.new_requested.connect(lambda: session.begin(path, []))
    page.restore_requested.connect(
        lambda found, passphrase: named(RESTORE)(session, page, path, found, passphrase)
    )
    return page
