"""What a note has besides its bytes: mode, owner, extended attributes and access lists.

Invariant: the new file has all of them before it takes the note's place, or does not take it. The
time of modification is not among them: it says when the bytes changed, and is never set back.

Linux keeps access lists in extended attributes. macOS copies both with fcopyfile, and Windows'
ReplaceFileW carries them over by itself; neither was run. The time of birth becomes that of the new
file on Linux, which has no call to set it, and on macOS, where setattrlist is not called yet.

Tests: tests/unit/fixing/test_attributes.py
"""

import errno
import os
import stat
import sys

_COPYFILE_ACL_AND_XATTR = 1 << 0 | 1 << 2


def copy_attributes(source: int, target: int) -> None:
    """Give the open file ``target`` the attributes of the open file ``source``.

    Raises OSError if one of them cannot be kept.
    """
    if sys.platform == "win32":
        return
    wanted, found = os.fstat(source), os.fstat(target)
    if (wanted.st_uid, wanted.st_gid) != (found.st_uid, found.st_gid):
        os.fchown(target, wanted.st_uid, wanted.st_gid)
    if sys.platform == "linux":
        _copy_extended(source, target)
    elif sys.platform == "darwin":
        _copy_on_macos(source, target)
    mode = stat.S_IMODE(wanted.st_mode)
    os.fchmod(target, mode)
    found = os.fstat(target)
    same = (wanted.st_uid, wanted.st_gid) == (found.st_uid, found.st_gid)
    if not same or stat.S_IMODE(found.st_mode) != mode:
        raise PermissionError(errno.EPERM, "its owner or mode cannot be kept")


def _copy_extended(source: int, target: int) -> None:
    wanted, found = _extended(source), _extended(target)
    if wanted == found:
        return
    for name in found.keys() - wanted.keys():
        os.removexattr(target, name)
    for name, value in wanted.items():
        if found.get(name) != value:
            os.setxattr(target, name, value)
    if _extended(target) != wanted:
        raise PermissionError(errno.EPERM, "its extended attributes cannot be kept")


def _extended(handle: int) -> dict[str, bytes]:
    try:
        names = os.listxattr(handle)
    except OSError as error:
        if error.errno in (errno.ENOTSUP, errno.ENOSYS):
            return {}
        raise
    return {name: os.getxattr(handle, name) for name in names}


def _copy_on_macos(source: int, target: int) -> None:
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    if libc.fcopyfile(source, target, None, ctypes.c_uint(_COPYFILE_ACL_AND_XATTR)):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code))
