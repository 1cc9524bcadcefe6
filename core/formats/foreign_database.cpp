// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/formats/foreign_database.h"

#include "core/base/error.h"
#include "core/data/table_column.h"

#include <array>
#include <fstream>
#include <sqlite3.h>

namespace greenfront::formats {
namespace fs = std::filesystem;
namespace {

constexpr int busyMilliseconds = 1'000;
constexpr int largestValue = 8 << 20;        ///< bytes of one text
constexpr std::size_t mostRows = 10'000'000; ///< of all queries together
constexpr std::string_view magic("SQLite format 3\0", 16);

std::array<char, 20> headOf(const fs::path& file) {
    std::array<char, 20> head{};
    std::ifstream(file, std::ios::binary).read(head.data(), head.size());
    return head;
}

bool startsWithMagic(const std::array<char, 20>& head) {
    return std::string_view(head.data(), head.size()).starts_with(magic);
}

/// Bytes 18 and 19 are 2 in a file with a write-ahead log (https://sqlite.org/fileformat2.html, section 1.3).
bool isLogged(const std::array<char, 20>& head) {
    return head[18] == 2 || head[19] == 2;
}

bool hasLog(const fs::path& file) {
    auto log = file;
    log += "-wal";
    std::error_code code;
    const auto size = fs::file_size(log, code);
    return !code && size > 0;
}

std::string utf8(const fs::path& path) {
    const auto text = path.u8string();
    return {text.begin(), text.end()};
}

/// With what URIs reserve escaped (https://sqlite.org/uri.html)
std::string uriOf(const fs::path& path, const char* query) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto name = fs::absolute(path).generic_u8string();
    std::string uri = name.starts_with(u8'/') ? "file:" : "file:/";
    for (const char8_t letter : name) {
        const auto code = static_cast<unsigned char>(letter);
        if (code > ' ' && code < 0x7f && code != '%' && code != '?' && code != '#') {
            uri += static_cast<char>(code);
            continue;
        }
        uri += '%';
        uri += digits[code >> 4U];
        uri += digits[code & 15U];
    }
    return uri + query;
}

void checkIsFile(const fs::path& file) {
    std::error_code code;
    if (!fs::exists(file, code))
        throw Error("read", file.string(), "there is no such file", "Check its name");
    if (!fs::is_regular_file(file, code))
        throw Error("read", file.string(), "it is not a file", "Name the file itself");
}

void configure(sqlite3* handle) {
    sqlite3_extended_result_codes(handle, 1);
    sqlite3_busy_timeout(handle, busyMilliseconds);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, largestValue);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
}

} // namespace

void ForeignDatabase::Close::operator()(sqlite3* handle) const {
    sqlite3_close_v2(handle);
}

void ForeignRows::Finalize::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

bool looksLikeSqlite(const fs::path& file) {
    return startsWithMagic(headOf(file));
}

ForeignDatabase::ForeignDatabase(fs::path file) : file_(std::move(file)) {
    checkIsFile(file_);
    const auto head = headOf(file_);
    if (!startsWithMagic(head))
        fail(SQLITE_NOTADB);
    // A log that is empty leaves all in the file, and reading it so leaves nothing behind beside it.
    const bool immutable = isLogged(head) && !hasLog(file_);
    const std::string name = immutable ? uriOf(file_, "?immutable=1") : utf8(file_);
    sqlite3* handle = nullptr;
    int code = sqlite3_open_v2(name.c_str(), &handle,
                               SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | (immutable ? SQLITE_OPEN_URI : 0),
                               nullptr);
    handle_.reset(handle);
    if (code == SQLITE_OK) {
        configure(handle);
        // One transaction: what is read belongs together while another program writes.
        code = sqlite3_exec(handle, "BEGIN; SELECT 1 FROM sqlite_master LIMIT 1", nullptr, nullptr, nullptr);
    }
    if (code != SQLITE_OK)
        fail(code);
}

/// Result codes: https://sqlite.org/rescode.html
void ForeignDatabase::fail(int code) const {
    const std::string subject = file_.string();
    const std::string message = handle_ ? sqlite3_errmsg(handle_.get()) : sqlite3_errstr(code);
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        throw Error("read", subject, "it is no SQLite file", "Check that this is the file you meant");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        throw Error("read", subject, "another program is writing it", "Wait until it is done, and try again");
    case SQLITE_CORRUPT:
        throw Error("read", subject, "it is damaged or was copied in part (" + message + ")",
                    "Copy it again while nothing writes it");
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_IOERR:
        throw Error("read", subject, "what was written last cannot be taken in here (" + message + ")",
                    "Copy it, with the files beside it, to a folder that you may write in");
    case SQLITE_TOOBIG:
        throw Error("read", subject, "a value in it is larger than 8 MiB", "Leave it out");
    default:
        throw Error("read", subject, "it is not laid out as expected (" + message + ")",
                    "Check that this is the file you meant");
    }
}

bool ForeignDatabase::hasTable(std::string_view name) const {
    ForeignRows rows(*this, "SELECT 1 FROM sqlite_master WHERE type = 'table' AND rootpage > 0 AND name = '" +
                                std::string(name) + "'");
    return rows.next();
}

bool ForeignDatabase::hasColumn(std::string_view table, std::string_view column) const {
    ForeignRows rows(*this, "SELECT 1 FROM pragma_table_info('" + std::string(table) + "') WHERE name = '" +
                                std::string(column) + "'");
    return rows.next();
}

ForeignRows::ForeignRows(const ForeignDatabase& database, std::string_view sql) : database_(database) {
    sqlite3_stmt* statement = nullptr;
    const int code = sqlite3_prepare_v2(database.handle_.get(), sql.data(), static_cast<int>(sql.size()),
                                        &statement, nullptr);
    statement_.reset(statement);
    if (code != SQLITE_OK)
        database.fail(code);
}

bool ForeignRows::next() {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_DONE)
        return false;
    if (code != SQLITE_ROW)
        database_.fail(code);
    if (++database_.rows_ > mostRows)
        throw Error("read", database_.file_.string(),
                    "it has more than " + std::to_string(mostRows) + " rows", "Leave studies out");
    return true;
}

bool ForeignRows::isNull(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void ForeignRows::refuse(int column, const std::string& what) const {
    const char* name = sqlite3_column_name(statement_.get(), column);
    throw Error("read", database_.file_.string(),
                "its column '" + std::string(name != nullptr ? name : "") + "' holds " + what,
                "Check that it was written by the program you think");
}

std::int64_t ForeignRows::integer(int column) const {
    if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER)
        refuse(column, "something else than a whole number");
    return sqlite3_column_int64(statement_.get(), column);
}

double ForeignRows::real(int column) const {
    const int type = sqlite3_column_type(statement_.get(), column);
    if (type != SQLITE_INTEGER && type != SQLITE_FLOAT)
        refuse(column, "something else than a number");
    return sqlite3_column_double(statement_.get(), column);
}

std::string_view ForeignRows::raw(int column, std::size_t longest) const {
    if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT)
        refuse(column, "something else than a text");
    const auto* content = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    if (content == nullptr || size > longest)
        refuse(column, "a text of more than " + std::to_string(longest) + " bytes");
    return {content, size};
}

std::string ForeignRows::text(int column, std::size_t longest) const {
    return data::tidyText(raw(column, longest));
}

} // namespace greenfront::formats
