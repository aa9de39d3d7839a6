"""Why the system refused a file, in the user's words: the system itself speaks English to us."""

from __future__ import annotations

import errno

from desktop.i18n.messages import N_, _

WORDS = {
    errno.ENOENT: N_("there is no such file or folder"),
    errno.EACCES: N_("you have no right to"),
    errno.EPERM: N_("you have no right to"),
    errno.EROFS: N_("the place is read-only"),
    errno.ENOSPC: N_("there is no room left on the disk"),
    errno.EDQUOT: N_("your share of the disk is used up"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.EEXIST: N_("it exists already"),
    errno.EBUSY: N_("another program is using it"),
    errno.EIO: N_("the disk reports an error"),
}


def why(error: OSError) -> str:
    """The reason of a system error, without a full stop, in the current language."""
    return _(WORDS[error.errno]) if error.errno in WORDS else (error.strerror or type(error).__name__)
