// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/connect.h"
#include "core/store/failure.h"
#include "core/store/workspace.h"

#include <sqlite3.h>

namespace greenfront::store {
namespace fs = std::filesystem;
namespace {

/// The same file for every way to write the workspace's path.
fs::path lockFile(const fs::path& workspace) {
    std::error_code code;
    auto path = fs::weakly_canonical(workspace, code);
    return withSuffix(code ? workspace : path, "-runner");
}

int run(sqlite3* handle, const char* sql) {
    return sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
}

/// Was the file removed by an earlier holder between being opened and being locked here? Systems that cannot
/// tell do not let open files be removed.
bool isOrphan(sqlite3* handle) {
    int moved = 0;
    return sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK && moved != 0;
}

} // namespace

struct RunnerLock::State {
    fs::path path;
    Connection connection;

    State(fs::path file, Connection held) : path(std::move(file)), connection(std::move(held)) {}
    State(const State&) = delete;
    State& operator=(const State&) = delete;
    ~State() {
        // While still locked, so that nobody else's lock is taken away; where open files cannot be removed,
        // after closing, which fails if somebody has opened it since.
        std::error_code code;
        fs::remove(path, code);
        connection.reset();
        if (code)
            fs::remove(path, code);
    }
};

RunnerLock::RunnerLock(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunnerLock::RunnerLock(RunnerLock&&) noexcept = default;
RunnerLock& RunnerLock::operator=(RunnerLock&&) noexcept = default;
RunnerLock::~RunnerLock() = default;

std::optional<RunnerLock> RunnerLock::tryTake(const fs::path& workspace) {
    const auto path = lockFile(workspace);
    for (int attempt = 0; attempt < 100; ++attempt) {
        auto connection = connectPlain(utf8(path), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
        sqlite3_busy_timeout(connection.get(), 200); // for the moment in which somebody asks isHeld()
        const int code = run(connection.get(), "BEGIN EXCLUSIVE");
        if ((code & 0xff) == SQLITE_BUSY)
            return std::nullopt;
        if (isOrphan(connection.get()))
            continue;
        if (code != SQLITE_OK)
            throwFailure(connection.get(), code, "lock", path);
        return RunnerLock(std::make_unique<State>(path, std::move(connection)));
    }
    return std::nullopt; // others take it all the time
}

bool RunnerLock::isHeld(const fs::path& workspace) {
    const auto path = lockFile(workspace);
    std::error_code code;
    if (!fs::exists(path, code))
        return false;
    sqlite3* handle = nullptr;
    const int opened =
        sqlite3_open_v2(utf8(path).c_str(), &handle, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
    const Connection connection(handle);
    return opened == SQLITE_OK && (run(handle, "SELECT 1 FROM sqlite_master") & 0xff) == SQLITE_BUSY;
}

} // namespace greenfront::store
