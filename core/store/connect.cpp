// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/connect.h"

#include "core/base/error.h"
#include "core/store/failure.h"

#include <array>
#include <sqlite3.h>

namespace greenfront::store {
namespace fs = std::filesystem;
namespace {

constexpr int busyMilliseconds = 10'000;
constexpr int largestValue = 64 << 20; ///< bytes of one text or blob; nothing of ours comes near

[[noreturn]] void throwForeign(const fs::path& path, const std::string& why = {}) {
    throw Error("open", path.string(), "it is not a Greenfront workspace" + why, "Open a .greenfront file");
}

void checkIsFile(const fs::path& path) {
    std::error_code code;
    const auto status = fs::status(path, code);
    if (!fs::exists(status))
        throw Error("open", path.string(), "there is no such file",
                    "Check the name, or make a new workspace");
    if (!fs::is_regular_file(status))
        throwForeign(path, fs::is_directory(status) ? ": it is a folder" : ": it is not a file");
    if (fs::file_size(path, code) == 0 && !code)
        throwForeign(path, ": it is empty");
}

/// The content is not trusted: no functions from its schema, no oversized values.
void configure(sqlite3* handle) {
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busyMilliseconds);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, largestValue);
}

/// The first read of the file: SQLite reports here what is wrong with it. SQLITE_OK and the id, or the error.
int readApplicationId(sqlite3* handle, std::int64_t& id) {
    sqlite3_stmt* statement = nullptr;
    int code = sqlite3_prepare_v2(handle, "PRAGMA application_id", -1, &statement, nullptr);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        id = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    if (code != SQLITE_ROW)
        return code;
    // The header alone can be read without the log that belongs to it; the tables cannot.
    return sqlite3_exec(handle, "SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
}

void checkIsWorkspace(sqlite3* handle, const fs::path& path) {
    std::int64_t id = 0;
    const int code = readApplicationId(handle, id);
    if (code != SQLITE_OK)
        throwFailure(handle, code, "open", path);
    if (id != applicationId)
        throwForeign(path);
}

/// Can SQLite not make or open the files beside the workspace that reading a write-ahead log takes?
bool lacksNeighbours(int code) {
    const int kind = code & 0xff;
    return kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_IOERR;
}

/// file:/folder/name?immutable=1, with what URIs reserve escaped (https://sqlite.org/uri.html)
std::string immutableUri(const fs::path& path) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto name = fs::absolute(path).generic_u8string();
    std::string uri = name.starts_with(u8'/') ? "file:" : "file:/";
    for (const char8_t letter : name) {
        const auto code = static_cast<unsigned char>(letter);
        if (code == '%' || code == '?' || code == '#' || code <= ' ' || code >= 0x7f) {
            uri += '%';
            uri += digits[code >> 4U];
            uri += digits[code & 15U];
        } else {
            uri += static_cast<char>(code);
        }
    }
    return uri + "?immutable=1";
}

/// Where nothing can be written beside the file, no other process can be writing it either: locks and shared
/// memory are not needed. With a log left behind, SQLite keeps the log's index in its own memory.
Connection connectOnReadOnlyDisk(const fs::path& path) {
    std::error_code code;
    const auto logSize = fs::file_size(withSuffix(path, "-wal"), code);
    if (code || logSize == 0)
        return connectPlain(immutableUri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    const std::string lockless = std::string(sqlite3_vfs_find(nullptr)->zName) + "-none";
    if (sqlite3_vfs_find(lockless.c_str()) == nullptr)
        throw Error("open", path.string(), "its latest changes lie in a log that cannot be read here",
                    "Copy the file and the ones beside it to a folder that you may write in");
    auto connection = connectPlain(utf8(path), SQLITE_OPEN_READONLY, lockless.c_str());
    sqlite3_exec(connection.get(), "PRAGMA locking_mode = EXCLUSIVE", nullptr, nullptr, nullptr);
    return connection;
}

Connection connectToRead(const fs::path& path) {
    auto connection = connectPlain(utf8(path), SQLITE_OPEN_READONLY);
    configure(connection.get());
    std::int64_t id = 0;
    if (!lacksNeighbours(readApplicationId(connection.get(), id)))
        return connection;
    connection = connectOnReadOnlyDisk(path);
    configure(connection.get());
    return connection;
}

Connection connectToWrite(const fs::path& path) {
    auto connection = connectPlain(utf8(path), SQLITE_OPEN_READWRITE);
    configure(connection.get());
    if (sqlite3_db_readonly(connection.get(), "main") != 0)
        throwFailure(nullptr, SQLITE_READONLY, "open", path);
    return connection;
}

} // namespace

void CloseConnection::operator()(sqlite3* handle) const {
    // The last connection empties the log by itself; one that is not the last moves over what it can.
    if (sqlite3_db_readonly(handle, "main") == 0)
        sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    sqlite3_close_v2(handle);
}

Connection connectPlain(const std::string& name, int flags, const char* system) {
    sqlite3* handle = nullptr;
    const int code =
        sqlite3_open_v2(name.c_str(), &handle, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, system);
    Connection connection(handle);
    if (code != SQLITE_OK)
        throwFailure(handle, code, "open", name);
    return connection;
}

Connection connectNew(const fs::path& path) {
    auto connection = connectPlain(utf8(path), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    configure(connection.get());
    return connection;
}

Connection connect(const fs::path& path, Access access) {
    checkIsFile(path);
    auto connection = access == Access::ReadOnly ? connectToRead(path) : connectToWrite(path);
    checkIsWorkspace(connection.get(), path);
    return connection;
}

std::string utf8(const fs::path& path) {
    const auto text = path.u8string();
    return {text.begin(), text.end()};
}

fs::path withSuffix(const fs::path& path, const char* suffix) {
    auto changed = path;
    changed += suffix;
    return changed;
}

} // namespace greenfront::store
