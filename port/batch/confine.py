"""What the kernel is asked to forbid just before foreign code runs: namespaces, limits, system calls.

Every function changes the calling process for good and is called in a forked child only. Linux offers all of it;
elsewhere only the limits of `set_limits` apply.
"""

import ctypes
import os
import signal
import struct
import sys
from pathlib import Path

from port.batch.limits import MIB, Limits

if sys.platform != "win32":
    import resource

LINUX = sys.platform == "linux"
NOBODY, ALL_USERS = 65534, 0xFFFFFFFF
FIRST_UID = 0x70000000
"""Lowest of the user ids that no distribution hands out; a child of root runs as this plus its process id."""

CLONE_NEWNS, CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWPID = 0x00020000, 0x08000000, 0x10000000, 0x20000000
CLONE_NEW_ANY, CLONE_THREAD = 0x7E020000, 0x00010000
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_REMOUNT = 1, 2, 4, 32
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
SECCOMP_MODE_FILTER = 2
CAPABILITY_VERSION_3 = 0x20080522


def drop_root() -> None:
    """Become a user who owns nothing, if this is the machine's root: no limit on processes holds for root."""
    if os.geteuid() == 0 and not _in_user_namespace():
        user = FIRST_UID + os.getpid()
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        if LINUX:
            # A process that changed its user may not write its own /proc/self/uid_map unless it says so.
            _checked("prctl", PR_SET_DUMPABLE, 1, 0, 0, 0)


def enter_namespaces(code: Path, temporary: Path, scratch: int) -> None:
    """Own users, mounts, processes and IPC for all children of this process; raises OSError where not permitted.

    `code` and `temporary` become empty file systems of at most `scratch` MiB each that nobody else sees; `/proc`
    becomes empty.
    """
    user, group = os.getuid(), os.getgid()
    _checked("unshare", CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{NOBODY} {user} 1"),
        ("gid_map", f"{NOBODY} {group} 1"),
    ):
        Path("/proc/self", name).write_text(text)
    for folder in (code, temporary):
        _mount_empty(folder, MS_NOSUID | MS_NODEV, f"size={scratch * MIB},nr_inodes=4096,mode=1777")
    _mount_empty(Path("/proc"), MS_NOSUID | MS_NODEV | MS_RDONLY, "size=0,mode=0555")


def make_read_only(folder: Path) -> None:
    """Forbid writing to a folder that `enter_namespaces` made."""
    _checked(
        "mount", b"tmpfs", os.fsencode(folder), None, MS_REMOUNT | MS_RDONLY | MS_NOSUID | MS_NODEV, None
    )


def die_with_parent() -> None:
    """Be killed when the parent ends, whatever ends it."""
    if LINUX:
        _checked("prctl", PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def drop_capabilities() -> None:
    """Give up every privilege, and the means to gain one by running another program."""
    if LINUX:
        header, nothing = struct.pack("=Ii", CAPABILITY_VERSION_3, 0), bytes(24)
        _checked("capset", header, nothing)
        _checked("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)


def set_limits(limits: Limits, address_space: int, *, alone: bool) -> None:
    """Resource limits of this process and its children; `address_space` in bytes.

    The limit on processes counts all of a user's, so it means something only where the submission is a user of its
    own. A submission that is `alone` in no namespace is kept from making processes by the filter of system calls,
    and without one by allowing no process at all.
    """
    seconds = int(limits.seconds) + 2
    wanted = {
        "RLIMIT_CPU": (seconds, seconds + 1),
        "RLIMIT_FSIZE": (limits.scratch * MIB,) * 2,
        "RLIMIT_NOFILE": (limits.open_files,) * 2,
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_MEMLOCK": (0, 0),
        "RLIMIT_MSGQUEUE": (0, 0),
    }
    if LINUX:
        wanted["RLIMIT_AS"] = (address_space,) * 2
    if not alone or not FILTERED:
        wanted["RLIMIT_NPROC"] = (0 if alone else limits.processes,) * 2
    for name, (soft, hard) in wanted.items():
        if hasattr(resource, name):
            _lower(getattr(resource, name), soft, hard)


def volunteer_for_the_oom_killer() -> None:
    """Let a machine that runs out of memory take this process before any other."""
    if LINUX:
        Path("/proc/self/oom_score_adj").write_text("1000")


def forbid_system_calls(*, alone: bool) -> None:
    """A seccomp filter against what the limits do not count and what no submission needs.

    Memory that belongs to no process (memfd, System V), other processes' memory, keys, mounts, new namespaces, and
    every socket but a pair. `alone` adds new processes and signals to others: what process namespaces do otherwise.
    Does nothing on a processor whose numbers are not in SYSTEM_CALLS.
    """
    if not FILTERED:
        return
    program = _filter(*SYSTEM_CALLS[os.uname().machine], pid=os.getpid() if alone else None)
    code = ctypes.create_string_buffer(program, len(program))
    descriptor = struct.pack("@HP", len(program) // 8, ctypes.addressof(code))
    _checked("prctl", PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    _checked("prctl", PR_SET_SECCOMP, SECCOMP_MODE_FILTER, descriptor, 0, 0)


def _checked(name: str, *arguments: object) -> None:
    """Call a C function that returns 0; raises OSError for anything else."""
    library = ctypes.CDLL(None, use_errno=True)
    wide = (ctypes.c_ulong(argument) if isinstance(argument, int) else argument for argument in arguments)
    if getattr(library, name)(*wide) != 0:
        raise OSError(ctypes.get_errno(), f"{name}: {os.strerror(ctypes.get_errno())}")


def _in_user_namespace() -> bool:
    """Whether this root is that of a container, another user outside."""
    users = Path("/proc/self/uid_map")
    return users.exists() and users.read_text().split() != ["0", "0", str(ALL_USERS)]


def _mount_empty(folder: Path, flags: int, options: str) -> None:
    _checked("mount", b"tmpfs", os.fsencode(folder), b"tmpfs", flags, options.encode())


def address_space() -> int:
    """Bytes of address space this process has already, 0 where the system does not say."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0


def _lower(which: int, soft: int, hard: int) -> None:
    """Set a limit without asking for more than is allowed already."""
    _, ceiling = resource.getrlimit(which)
    if ceiling != resource.RLIM_INFINITY:
        soft, hard = min(soft, ceiling), min(hard, ceiling)
    resource.setrlimit(which, (soft, hard))


DENIED = (
    "ptrace process_vm_readv process_vm_writev memfd_create memfd_secret shmget msgget semget mq_open keyctl "
    "add_key request_key unshare setns mount umount2 pivot_root chroot move_mount open_tree fsopen bpf "
    "perf_event_open userfaultfd io_uring_setup open_by_handle_at personality socket"
).split()
DENIED_ALONE = ["fork", "vfork", "execve", "execveat", "setsid", "setpgid"]
SIGNALS = ["kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal"]

# name -> number, from the kernel's tables (arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h)
_X86_64 = {
    "shmget": 29, "socket": 41, "clone": 56, "fork": 57, "vfork": 58, "execve": 59, "kill": 62, "semget": 64,
    "msgget": 68, "ptrace": 101, "setpgid": 109, "setsid": 112, "rt_sigqueueinfo": 129, "personality": 135,
    "pivot_root": 155, "chroot": 161, "mount": 165, "umount2": 166, "tkill": 200, "tgkill": 234, "mq_open": 240,
    "add_key": 248, "request_key": 249, "keyctl": 250, "unshare": 272, "rt_tgsigqueueinfo": 297,
    "perf_event_open": 298, "open_by_handle_at": 304, "setns": 308, "process_vm_readv": 310,
    "process_vm_writev": 311, "memfd_create": 319, "bpf": 321, "execveat": 322, "userfaultfd": 323,
    "pidfd_send_signal": 424, "io_uring_setup": 425, "open_tree": 428, "move_mount": 429, "fsopen": 430,
    "clone3": 435, "memfd_secret": 447,
}  # fmt: skip
_AARCH64 = {
    "umount2": 39, "mount": 40, "pivot_root": 41, "chroot": 51, "personality": 92, "unshare": 97, "ptrace": 117,
    "kill": 129, "tkill": 130, "tgkill": 131, "rt_sigqueueinfo": 138, "setpgid": 154, "setsid": 157,
    "mq_open": 180, "msgget": 186, "semget": 190, "shmget": 194, "socket": 198, "add_key": 217,
    "request_key": 218, "keyctl": 219, "clone": 220, "execve": 221, "rt_tgsigqueueinfo": 240,
    "perf_event_open": 241, "open_by_handle_at": 265, "setns": 268, "process_vm_readv": 270,
    "process_vm_writev": 271, "memfd_create": 279, "bpf": 280, "execveat": 281, "userfaultfd": 282,
    "pidfd_send_signal": 424, "io_uring_setup": 425, "open_tree": 428, "move_mount": 429, "fsopen": 430,
    "clone3": 435, "memfd_secret": 447,
}  # fmt: skip
SYSTEM_CALLS = {"x86_64": (0xC000003E, _X86_64), "aarch64": (0xC00000B7, _AARCH64)}
FILTERED = sys.platform == "linux" and os.uname().machine in SYSTEM_CALLS
X32_BIT = 0x40000000

LOAD, JUMP_EQUAL, JUMP_ABOVE, JUMP_ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, KILL, ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
EPERM, ENOSYS = 1, 38
NUMBER_AT, ARCHITECTURE_AT, FIRST_ARGUMENT_AT = 0, 4, 16


def _filter(architecture: int, numbers: dict[str, int], *, pid: int | None) -> bytes:
    """The BPF program: kill for a foreign architecture, an error for what is denied, and pass the rest.

    With a `pid` the process is alone: only threads may be made, and only itself may be signalled.
    """
    lines = [_line(LOAD, ARCHITECTURE_AT), _line(JUMP_EQUAL, architecture, 1, 0), _line(RETURN, KILL)]
    lines += [_line(LOAD, NUMBER_AT), _line(JUMP_ABOVE, X32_BIT, 0, 1), _line(RETURN, ERRNO | ENOSYS)]
    denied = DENIED + (DENIED_ALONE if pid else [])
    for number in (numbers[name] for name in denied if name in numbers):
        lines += [_line(JUMP_EQUAL, number, 0, 1), _line(RETURN, ERRNO | EPERM)]
    # clone3 keeps its flags where a filter cannot look; the C library then falls back on clone.
    lines += [_line(JUMP_EQUAL, numbers["clone3"], 0, 1), _line(RETURN, ERRNO | ENOSYS)]
    allowed = [_line(JUMP_ANY_BIT, CLONE_THREAD, 1, 0), _line(RETURN, ERRNO | EPERM)] if pid else []
    lines += _about_argument(
        numbers["clone"],
        [_line(JUMP_ANY_BIT, CLONE_NEW_ANY, 0, 1), _line(RETURN, ERRNO | EPERM), *allowed],
    )
    for number in (numbers[name] for name in SIGNALS) if pid else ():
        lines += _about_argument(number, [_line(JUMP_EQUAL, pid or 0, 1, 0), _line(RETURN, ERRNO | EPERM)])
    return b"".join([*lines, _line(RETURN, ALLOW)])


def _about_argument(number: int, tests: list[bytes]) -> list[bytes]:
    """Lines that put the first argument of one system call to some tests, and pass it if they say nothing."""
    body = [_line(LOAD, FIRST_ARGUMENT_AT), *tests, _line(RETURN, ALLOW)]
    return [_line(JUMP_EQUAL, number, 0, len(body)), *body]


def _line(code: int, operand: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, operand)
