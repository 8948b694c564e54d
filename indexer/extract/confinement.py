"""Restrictions of a reading process, whatever a file makes its libraries do. On Linux; elsewhere, fewer apply."""

from __future__ import annotations

import ctypes
import errno
import platform
import resource
import signal
import struct

_OPEN_FILES = 64
LARGEST_WRITE = 1 << 20
"""Number of bytes this process may write to any file: it needs none, except to unpack an archive."""

# A system call filter in classic BPF (linux/filter.h, linux/seccomp.h): in its input, the number of the call is at offset 0 and
# the machine at 4. A jump gives how many steps to skip if the comparison holds, and if not.
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE = 0, 4
_ALLOW, _KILL, _REFUSE = 0x7FFF0000, 0x80000000, 0x00050000 | errno.EACCES
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's name of a machine (linux/audit.h) and its number for ``socket``."""
_URING = 425
"""``io_uring_setup``, which could create sockets without ``socket``."""
_OTHER_NUMBERS = 0x40000000
"""From here on, x86_64 has its system calls a second time (x32)."""


def confine(memory_mb: int) -> None:
    """Restrict this process and its children: memory, files, no network, no core dumps, no Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_mb << 20, memory_mb << 20))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_OPEN_FILES, _OPEN_FILES))
    may_write(LARGEST_WRITE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _cut_off()


def may_write(size: int) -> None:
    """Limit how many bytes this process may write to any one file."""
    hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))


def may_compute(seconds: float) -> None:
    """Limit the CPU time of this process from now on; beyond it, the kernel kills it."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    limit = int(used.ru_utime + used.ru_stime + seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _cut_off() -> None:
    """Permanently deny sockets of any kind to this process and its children.

    This uses seccomp, which needs no privileges, unlike a network namespace. It has no effect on kernels without seccomp and on
    machines whose system call numbers are unknown here.
    """
    known = _MACHINES.get(platform.machine())
    if known is None:
        return
    machine, socket = known
    steps = (
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 1, 0, machine),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, 0, 1, _OTHER_NUMBERS),
        (_RETURN, 0, 0, _KILL),
        (_EQUAL, 2, 0, socket),
        (_EQUAL, 1, 0, _URING),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("@HP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    if libc.prctl(_SECCOMP, _FILTER, program, 0, 0) and ctypes.get_errno() not in (
        errno.EINVAL,
        errno.ENOSYS,
    ):
        raise OSError(ctypes.get_errno(), "a reading process could not be isolated from the network")
