// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/workspace.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/store/connect.h"
#include "core/store/failure.h"
#include "core/store/migrations.h"
#include "core/store/schema.h"
#include "core/store/statement.h"

#include <sqlite3.h>

namespace greenfront::store {
namespace fs = std::filesystem;
namespace {

void checkHasFolder(const fs::path& path, const char* doing) {
    std::error_code code;
    if (!fs::is_directory(fs::absolute(path).parent_path(), code))
        throw Error(doing, path.string(), "its folder does not exist", "Make the folder first");
}

void checkIsFree(const fs::path& path, const char* doing) {
    std::error_code code;
    if (fs::exists(fs::symlink_status(path, code)))
        throw Error(doing, path.string(), "a file of this name is there already", "Choose another name");
    checkHasFolder(path, doing);
}

/// Best effort: another process may hold the file at this moment, and some disks cannot do it.
void useWriteAheadLog(const Workspace& workspace) {
    sqlite3* handle = workspace.handle();
    if (!workspace.hasWriteAheadLog())
        sqlite3_exec(handle, "PRAGMA journal_mode = WAL", nullptr, nullptr, nullptr);
    if (!workspace.hasWriteAheadLog()) {
        logWarning(workspace.path().string() +
                   " lies where SQLite cannot keep a write-ahead log: reading waits while a job writes");
        return;
    }
    // With a log, this loses at most the last transactions when the power fails, and none when a process
    // dies.
    execute(workspace, "PRAGMA synchronous = NORMAL");
    execute(workspace, "PRAGMA journal_size_limit = 67108864");
}

void removeIfEmpty(const fs::path& path) {
    std::error_code code;
    if (fs::file_size(path, code) == 0 && !code)
        fs::remove(path, code);
}

void backup(sqlite3* source, sqlite3* copy, const fs::path& path) {
    sqlite3_backup* job = sqlite3_backup_init(copy, "main", source, "main");
    if (job != nullptr) {
        sqlite3_backup_step(job, -1); // all at once: one consistent moment
        sqlite3_backup_finish(job);
    }
    if (sqlite3_errcode(copy) != SQLITE_OK)
        throwFailure(copy, sqlite3_extended_errcode(copy), "save a copy as", path);
}

} // namespace

Workspace::Workspace(fs::path path, Connection handle)
    : path_(std::move(path)), handle_(std::move(handle)), statements_(std::make_unique<StatementCache>()) {}

Workspace::Workspace(Workspace&&) noexcept = default;

Workspace& Workspace::operator=(Workspace&& other) noexcept {
    statements_ = std::move(other.statements_); // before the connection that they belong to
    handle_ = std::move(other.handle_);
    path_ = std::move(other.path_);
    return *this;
}

Workspace::~Workspace() = default;

Workspace Workspace::initialise(const fs::path& path) {
    try {
        Workspace workspace(path, connectNew(path));
        migrate(workspace, migrations());
        useWriteAheadLog(workspace);
        return workspace;
    } catch (...) {
        removeIfEmpty(path); // SQLite has rolled back whatever was begun
        throw;
    }
}

Workspace Workspace::create(const fs::path& path) {
    checkIsFree(path, "create");
    return initialise(path);
}

Workspace Workspace::open(const fs::path& path, Access access) {
    Workspace workspace(path, connect(path, access));
    if (access == Access::ReadWrite) {
        migrate(workspace, migrations());
        useWriteAheadLog(workspace);
    } else if (versionOf(workspace, migrations()) < migrations().size()) {
        throw Error("read", path.string(), "it was made by an older version of Greenfront",
                    "Open it for writing once, which brings it up to date");
    }
    return workspace;
}

Workspace Workspace::openOrCreate(const fs::path& path) {
    std::error_code code;
    // Empty is what another process leaves that was killed while creating, or one that is about to. Whoever
    // comes first of several fills it; the others find it filled.
    const bool missing = !fs::exists(path, code);
    if (missing)
        checkHasFolder(path, "create");
    const bool empty = fs::is_regular_file(path, code) && fs::file_size(path, code) == 0;
    return missing || empty ? initialise(path) : open(path);
}

std::int64_t Workspace::dataVersion() const {
    Statement statement(*this, "PRAGMA data_version");
    statement.step();
    return statement.integer(0);
}

bool Workspace::hasWriteAheadLog() const {
    Statement statement(*this, "PRAGMA journal_mode");
    return statement.step() && statement.text(0) == "wal";
}

void Workspace::saveAs(const fs::path& target) const {
    checkIsFree(target, "save a copy as");
    writeFileWith(target, [&](const fs::path& temporary) {
        const auto copy = connectPlain(utf8(temporary), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        // A copy that fails is removed as a whole, so that it needs no journal.
        sqlite3_exec(copy.get(), "PRAGMA journal_mode = OFF", nullptr, nullptr, nullptr);
        backup(handle_.get(), copy.get(), target);
    });
}

} // namespace greenfront::store
