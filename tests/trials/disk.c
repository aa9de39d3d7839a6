/* What a process does to the files of one folder: recorded, made to fail, or the moment at which it is killed.

   Loaded before libc (LD_PRELOAD). Nothing happens but for files within the folder that `disk_watch` names. Calls
   that change a file or a folder are counted: those that open a file anew, write, cut, sync, rename or remove.

   A record of the log: one byte for the call, then of the first path, the second path and the data the lengths (int64),
   an offset (int64), then the paths and the data. `O` opened anew (offset 1: cut to nothing), `W` written at offset,
   `T` cut to offset, `S` synced, `R` renamed, `U` removed, `M` folder made. Each record is one write in append mode, so
   that the process can put marks of its own between them. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENS = 1, WRITES = 2, SYNCS = 4, RENAMES = 8, REMOVES = 16 };
#define MOST 4096

static char folder[PATH_MAX];
static size_t folder_length;
static int log_file = -1;
static char *names[MOST];
static long counted, fail_at, kill_at;
static int fail_errno, fail_for_good, fail_kinds;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int within(const char *path) {
    return folder_length && path && strncmp(path, folder, folder_length) == 0;
}

/* ---- what Python calls */

void disk_watch(const char *place, const char *log_path) {
    strncpy(folder, place ? place : "", sizeof folder - 1);
    folder_length = strlen(folder);
    if (log_file >= 0) REAL(close)(log_file);
    log_file = log_path ? REAL(open)(log_path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    counted = 0;
}
void disk_fail(long number, int error, int for_good, int kinds) {
    counted = 0;
    fail_at = number;
    fail_errno = error;
    fail_for_good = for_good;
    fail_kinds = kinds;
}
void disk_kill(long number) {
    counted = 0;
    kill_at = number;
}
long disk_count(void) { return counted; }

/* ---- counting, failing, dying */

/* Whether this call fails; counts it. */
static int refused(int kind) {
    if (fail_at && !(kind & fail_kinds)) return 0;
    long number = __atomic_add_fetch(&counted, 1, __ATOMIC_SEQ_CST);
    if (kill_at && number == kill_at) {
        raise(SIGKILL);
        for (;;) pause();
    }
    if (fail_at && (number == fail_at || (fail_for_good && number > fail_at))) {
        errno = fail_errno;
        return 1;
    }
    return 0;
}

static void noted(char call, const char *path, const char *other, int64_t offset, const void *data, int64_t length) {
    if (log_file < 0) return;
    int64_t head[4] = {(int64_t)strlen(path), other ? (int64_t)strlen(other) : 0, length, offset};
    struct iovec parts[] = {
        {&call, 1}, {head, sizeof head}, {(void *)path, head[0]}, {(void *)(other ? other : ""), head[1]},
        {(void *)data, (size_t)length},
    };
    REAL(writev)(log_file, parts, 5);
}

static const char *of(int handle) { return handle >= 0 && handle < MOST ? names[handle] : NULL; }

static void opened(int handle, const char *path, int flags, int there) {
    if (handle < 0 || handle >= MOST) return;
    char *named = strdup(path);
    pthread_mutex_lock(&lock);
    free(names[handle]);
    names[handle] = named;
    pthread_mutex_unlock(&lock);
    if ((flags & O_CREAT && !there) || flags & O_TRUNC) noted('O', path, NULL, flags & O_TRUNC ? 1 : 0, "", 0);
}

/* ---- the calls */

static int open_as(int at, const char *path, int flags, mode_t mode) {
    if (!within(path)) return REAL(openat)(at, path, flags, mode);
    struct stat status;
    int there = stat(path, &status) == 0, changes = (flags & O_CREAT && !there) || flags & O_TRUNC;
    if (changes && refused(OPENS)) return -1;
    int handle = REAL(openat)(at, path, flags, mode);
    opened(handle, path, flags, there);
    return handle;
}
#define OPEN(name, take, at) \
    int name take { \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        return open_as(at, path, flags, mode); \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD)
OPEN(openat, (int at, const char *path, int flags, ...), at)
OPEN(openat64, (int at, const char *path, int flags, ...), at)

int close(int handle) {
    if (of(handle)) {
        pthread_mutex_lock(&lock);
        free(names[handle]);
        names[handle] = NULL;
        pthread_mutex_unlock(&lock);
    }
    return REAL(close)(handle);
}

static ssize_t write_at(int handle, const void *data, size_t length, off64_t offset) {
    const char *path = of(handle);
    if (path && refused(WRITES)) return -1;
    ssize_t written = REAL(pwrite64)(handle, data, length, offset);
    if (path && written > 0) noted('W', path, NULL, offset, data, written);
    return written;
}
ssize_t pwrite64(int handle, const void *data, size_t length, off64_t offset) {
    return write_at(handle, data, length, offset);
}
ssize_t pwrite(int handle, const void *data, size_t length, off_t offset) {
    return write_at(handle, data, length, offset);
}
ssize_t write(int handle, const void *data, size_t length) {
    const char *path = of(handle);
    if (!path) return REAL(write)(handle, data, length);
    if (refused(WRITES)) return -1;
    ssize_t written = REAL(write)(handle, data, length);
    /* In append mode too, the place after the write tells where it was. */
    if (written > 0) noted('W', path, NULL, lseek(handle, 0, SEEK_CUR) - written, data, written);
    return written;
}
/* Whoever copies by these falls back to reading and writing. */
ssize_t sendfile(int out, int in, off_t *offset, size_t count) {
    if (!of(out)) return REAL(sendfile)(out, in, offset, count);
    errno = ENOTSOCK;
    return -1;
}
ssize_t sendfile64(int out, int in, off64_t *offset, size_t count) {
    return sendfile(out, in, (off_t *)offset, count);
}
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t length, unsigned flags) {
    if (!of(out)) return REAL(copy_file_range)(in, from, out, to, length, flags);
    errno = EXDEV;
    return -1;
}

static int cut(int handle, off64_t length) {
    const char *path = of(handle);
    if (path && refused(WRITES)) return -1;
    int done = REAL(ftruncate64)(handle, length);
    if (path && done == 0) noted('T', path, NULL, length, "", 0);
    return done;
}
int ftruncate64(int handle, off64_t length) { return cut(handle, length); }
int ftruncate(int handle, off_t length) { return cut(handle, length); }

static int sync_by(int (*real)(int), int handle) {
    const char *path = of(handle);
    if (path && refused(SYNCS)) return -1;
    int done = real(handle);
    if (path && done == 0) noted('S', path, NULL, 0, "", 0);
    return done;
}
int fsync(int handle) { return sync_by(REAL(fsync), handle); }
int fdatasync(int handle) { return sync_by(REAL(fdatasync), handle); }

/* What is open under a name is the file under another one, or under none. */
static void renamed(const char *path, const char *now) {
    pthread_mutex_lock(&lock);
    for (int handle = 0; handle < MOST; handle++)
        if (names[handle] && strcmp(names[handle], path) == 0) {
            free(names[handle]);
            names[handle] = now ? strdup(now) : NULL;
        }
    pthread_mutex_unlock(&lock);
}
int rename(const char *path, const char *target) {
    int ours = within(path) || within(target);
    if (ours && refused(RENAMES)) return -1;
    int done = REAL(rename)(path, target);
    if (ours && done == 0) {
        noted('R', path, target, 0, "", 0);
        renamed(target, NULL); /* what was open there has no name any more */
        renamed(path, target);
    }
    return done;
}
int renameat(int from, const char *path, int to, const char *target) {
    if (from != AT_FDCWD || to != AT_FDCWD) return REAL(renameat)(from, path, to, target);
    return rename(path, target);
}
int unlink(const char *path) {
    int ours = within(path);
    if (ours && refused(REMOVES)) return -1;
    int done = REAL(unlink)(path);
    if (ours && done == 0) {
        noted('U', path, NULL, 0, "", 0);
        renamed(path, NULL);
    }
    return done;
}
int mkdir(const char *path, mode_t mode) {
    int ours = within(path);
    if (ours && refused(OPENS)) return -1;
    int done = REAL(mkdir)(path, mode);
    if (ours && done == 0) noted('M', path, NULL, 0, "", 0);
    return done;
}
