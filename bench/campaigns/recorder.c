/* Takes down every call that changes one folder, with its data, in the order they were made.
 *
 * Loaded before the C library (LD_PRELOAD). RECORD_FOLDER names the folder, RECORD_LOG the log.
 * Each entry: kind (1 byte), inode, offset, length, lengths of two paths (little endian, 8 8 8 4 4
 * bytes), the paths, the data. Kinds:
 *   C created file   W write   T truncate   S force file   D force folder
 *   U unlink   R rename   L second name   M new folder   X remove folder
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static int log_handle = -1;
static char folder[PATH_MAX];
static size_t folder_length;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

#define REAL(type, name, ...)                                                                      \
    static type (*real_##name)(__VA_ARGS__);                                                       \
    if (!real_##name) *(void **)&real_##name = dlsym(RTLD_NEXT, #name)

static ssize_t plain_write(int handle, const void *data, size_t length)
{
    REAL(ssize_t, write, int, const void *, size_t);
    return real_write(handle, data, length);
}

static int plain_open(const char *path, int flags, mode_t mode)
{
    REAL(int, open, const char *, int, ...);
    return real_open(path, flags, mode);
}

__attribute__((constructor)) static void begin(void)
{
    const char *where = getenv("RECORD_FOLDER"), *log = getenv("RECORD_LOG");
    if (!where || !log || !realpath(where, folder)) return;
    folder_length = strlen(folder);
    log_handle = plain_open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int is_inside(const char *path)
{
    return log_handle >= 0 && strncmp(path, folder, folder_length) == 0 &&
           (path[folder_length] == '/' || path[folder_length] == 0);
}

/* Give the absolute path of a name that may be relative to a folder handle. */
static void absolute(int at, const char *name, char *out)
{
    char base[PATH_MAX];
    if (name[0] == '/') {
        snprintf(out, PATH_MAX, "%s", name);
        return;
    }
    if (at == AT_FDCWD) {
        if (!getcwd(base, sizeof base)) base[0] = 0;
    } else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, base, sizeof base - 1);
        base[length < 0 ? 0 : length] = 0;
    }
    if ((size_t)snprintf(out, PATH_MAX, "%s/%s", base, name) >= PATH_MAX) out[0] = 0;
}

static int path_of_handle(int handle, char *out)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, out, PATH_MAX - 1);
    if (length < 0) return 0;
    out[length] = 0;
    return is_inside(out);
}

static uint64_t inode_of(int handle)
{
    struct stat found;
    return fstat(handle, &found) == 0 ? found.st_ino : 0;
}

static uint64_t inode_at(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0 ? found.st_ino : 0;
}

static void put(char kind, uint64_t inode, const char *one, const char *two, uint64_t offset,
                uint64_t length, const void *data)
{
    uint32_t first = strlen(one), second = strlen(two);
    char head[33];
    head[0] = kind;
    memcpy(head + 1, &inode, 8);
    memcpy(head + 9, &offset, 8);
    memcpy(head + 17, &length, 8);
    memcpy(head + 25, &first, 4);
    memcpy(head + 29, &second, 4);
    struct iovec parts[] = {{head, sizeof head},
                            {(void *)one, first},
                            {(void *)two, second},
                            {(void *)data, data ? length : 0}};
    size_t whole = sizeof head + first + second + (data ? length : 0);
    if (writev(log_handle, parts, 4) != (ssize_t)whole) abort();
}

static int recorded_open(int at, const char *name, int flags, mode_t mode,
                         int (*call)(int, const char *, int, mode_t))
{
    char path[PATH_MAX];
    absolute(at, name, path);
    if (!is_inside(path) || !(flags & (O_CREAT | O_TRUNC))) return call(at, name, flags, mode);
    pthread_mutex_lock(&order);
    int existed = access(path, F_OK) == 0;
    int handle = call(at, name, flags, mode);
    int kept = errno;
    if (handle >= 0 && !existed)
        put('C', inode_of(handle), path, "", 0, 0, NULL);
    else if (handle >= 0 && (flags & O_TRUNC))
        put('T', inode_of(handle), path, "", 0, 0, NULL);
    pthread_mutex_unlock(&order);
    errno = kept;
    return handle;
}

static int call_open(int at, const char *name, int flags, mode_t mode)
{
    (void)at;
    return plain_open(name, flags, mode);
}

static int call_openat(int at, const char *name, int flags, mode_t mode)
{
    REAL(int, openat, int, const char *, int, ...);
    return real_openat(at, name, flags, mode);
}

#define MODE_OF(flags)                                                                             \
    mode_t mode = 0;                                                                               \
    if ((flags) & (O_CREAT | O_TMPFILE)) {                                                         \
        va_list rest;                                                                              \
        va_start(rest, flags);                                                                     \
        mode = va_arg(rest, mode_t);                                                               \
        va_end(rest);                                                                              \
    }

int open(const char *name, int flags, ...)
{
    MODE_OF(flags)
    return recorded_open(AT_FDCWD, name, flags, mode, call_open);
}

int open64(const char *name, int flags, ...)
{
    MODE_OF(flags)
    return recorded_open(AT_FDCWD, name, flags, mode, call_open);
}

int openat(int at, const char *name, int flags, ...)
{
    MODE_OF(flags)
    return recorded_open(at, name, flags, mode, call_openat);
}

int openat64(int at, const char *name, int flags, ...)
{
    MODE_OF(flags)
    return recorded_open(at, name, flags, mode, call_openat);
}

ssize_t write(int handle, const void *data, size_t length)
{
    char path[PATH_MAX];
    if (log_handle < 0 || !path_of_handle(handle, path)) return plain_write(handle, data, length);
    pthread_mutex_lock(&order);
    off_t offset = lseek(handle, 0, SEEK_CUR);
    ssize_t done = plain_write(handle, data, length);
    int kept = errno;
    if (done > 0) put('W', inode_of(handle), path, "", offset, done, data);
    pthread_mutex_unlock(&order);
    errno = kept;
    return done;
}

static ssize_t recorded_pwrite(int handle, const void *data, size_t length, off_t offset)
{
    REAL(ssize_t, pwrite, int, const void *, size_t, off_t);
    char path[PATH_MAX];
    if (log_handle < 0 || !path_of_handle(handle, path))
        return real_pwrite(handle, data, length, offset);
    pthread_mutex_lock(&order);
    ssize_t done = real_pwrite(handle, data, length, offset);
    int kept = errno;
    if (done > 0) put('W', inode_of(handle), path, "", offset, done, data);
    pthread_mutex_unlock(&order);
    errno = kept;
    return done;
}

ssize_t pwrite(int handle, const void *data, size_t length, off_t offset)
{
    return recorded_pwrite(handle, data, length, offset);
}

ssize_t pwrite64(int handle, const void *data, size_t length, off64_t offset)
{
    return recorded_pwrite(handle, data, length, offset);
}

static int recorded_truncate(int handle, off_t length)
{
    REAL(int, ftruncate, int, off_t);
    char path[PATH_MAX];
    if (log_handle < 0 || !path_of_handle(handle, path)) return real_ftruncate(handle, length);
    pthread_mutex_lock(&order);
    int done = real_ftruncate(handle, length);
    int kept = errno;
    if (done == 0) put('T', inode_of(handle), path, "", length, 0, NULL);
    pthread_mutex_unlock(&order);
    errno = kept;
    return done;
}

int ftruncate(int handle, off_t length) { return recorded_truncate(handle, length); }
int ftruncate64(int handle, off64_t length) { return recorded_truncate(handle, length); }

static int recorded_sync(int handle, int (*call)(int))
{
    char path[PATH_MAX];
    struct stat found;
    if (log_handle < 0 || !path_of_handle(handle, path)) return call(handle);
    pthread_mutex_lock(&order);
    int done = call(handle);
    int kept = errno;
    if (done == 0 && fstat(handle, &found) == 0)
        put(S_ISDIR(found.st_mode) ? 'D' : 'S', found.st_ino, path, "", 0, 0, NULL);
    pthread_mutex_unlock(&order);
    errno = kept;
    return done;
}

static int call_fsync(int handle)
{
    REAL(int, fsync, int);
    return real_fsync(handle);
}

static int call_fdatasync(int handle)
{
    REAL(int, fdatasync, int);
    return real_fdatasync(handle);
}

int fsync(int handle) { return recorded_sync(handle, call_fsync); }
int fdatasync(int handle) { return recorded_sync(handle, call_fdatasync); }

/* A change of names: `one` and `two` are absolute; `done` is what the real call said. */
static int recorded_names(char kind, uint64_t inode, const char *one, const char *two, int done)
{
    int kept = errno;
    if (done == 0) put(kind, inode, one, two, 0, 0, NULL);
    pthread_mutex_unlock(&order);
    errno = kept;
    return done;
}

int unlinkat(int at, const char *name, int flags)
{
    REAL(int, unlinkat, int, const char *, int);
    char path[PATH_MAX];
    absolute(at, name, path);
    if (!is_inside(path)) return real_unlinkat(at, name, flags);
    pthread_mutex_lock(&order);
    char kind = flags & AT_REMOVEDIR ? 'X' : 'U';
    return recorded_names(kind, 0, path, "", real_unlinkat(at, name, flags));
}

int unlink(const char *name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char *name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }

int renameat(int from, const char *old, int to, const char *new)
{
    REAL(int, renameat, int, const char *, int, const char *);
    char one[PATH_MAX], two[PATH_MAX];
    absolute(from, old, one);
    absolute(to, new, two);
    if (!is_inside(one) && !is_inside(two)) return real_renameat(from, old, to, new);
    pthread_mutex_lock(&order);
    return recorded_names('R', 0, one, two, real_renameat(from, old, to, new));
}

int rename(const char *old, const char *new) { return renameat(AT_FDCWD, old, AT_FDCWD, new); }

int linkat(int from, const char *old, int to, const char *new, int flags)
{
    REAL(int, linkat, int, const char *, int, const char *, int);
    char one[PATH_MAX], two[PATH_MAX];
    absolute(from, old, one);
    absolute(to, new, two);
    if (!is_inside(two)) return real_linkat(from, old, to, new, flags);
    pthread_mutex_lock(&order);
    return recorded_names('L', inode_at(one), one, two, real_linkat(from, old, to, new, flags));
}

int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int mkdirat(int at, const char *name, mode_t mode)
{
    REAL(int, mkdirat, int, const char *, mode_t);
    char path[PATH_MAX];
    absolute(at, name, path);
    if (!is_inside(path)) return real_mkdirat(at, name, mode);
    pthread_mutex_lock(&order);
    int done = real_mkdirat(at, name, mode);
    return recorded_names('M', done == 0 ? inode_at(path) : 0, path, "", done);
}

int mkdir(const char *name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
