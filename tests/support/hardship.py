"""Making this very process's system calls fail, as a full or broken disk makes them fail.

Linux only: a seccomp filter answers chosen calls with an error number, and needs no privilege.
"""

import ctypes
import os
import platform
import struct

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, MODE_FILTER = 38, 22, 2
LOAD_NUMBER, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ERRNO = 0x7FFF0000, 0x00050000
NUMBERS = {
    "x86_64": {"fsync": 74, "fdatasync": 75, "pwrite64": 18},
    "aarch64": {"fsync": 82, "fdatasync": 83, "pwrite64": 68},
}
CAPABILITY_VERSION_3 = 0x20080522


class Program(ctypes.Structure):
    """``struct sock_fprog``."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def refuse(calls: tuple[str, ...], error: int) -> None:
    """From now on and until it ends, this process gets ``error`` from these system calls."""
    numbers = [NUMBERS[platform.machine()][call] for call in calls]
    steps = [(LOAD_NUMBER, 0, 0, 0)]
    for number in numbers:
        steps += [(JUMP_IF_EQUAL, 0, 1, number), (RETURN, 0, 0, ERRNO | error)]
    steps.append((RETURN, 0, 0, ALLOW))
    code = b"".join(struct.pack("HBBI", *step) for step in steps)
    libc = ctypes.CDLL(None, use_errno=True)
    program = Program(len(steps), code)
    for arguments in (
        (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0),
        (PR_SET_SECCOMP, MODE_FILTER, ctypes.byref(program), 0, 0),
    ):
        if libc.prctl(*arguments) != 0:
            raise OSError(ctypes.get_errno(), "prctl")


def obey_file_modes() -> None:
    """Give up root's power to write what is marked read-only; its files stay its own."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    if libc.capset(header, struct.pack("IIIIII", 0, 0, 0, 0, 0, 0)) != 0:
        raise OSError(ctypes.get_errno(), "capset")
