// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace greenfront::formats {

/// Somebody else's SQLite file, read as it is at one moment and never written. Its content is not trusted:
/// nothing of its schema is executed, and values and the number of rows are bounded. Everything that goes
/// wrong throws Error: no such file, no SQLite, damaged or truncated, locked.
class ForeignDatabase {
public:
    explicit ForeignDatabase(std::filesystem::path file);

    const std::filesystem::path& file() const { return file_; }
    /// A table that holds rows itself: no view, and none that a module makes up.
    bool hasTable(std::string_view name) const;
    bool hasColumn(std::string_view table, std::string_view column) const;

private:
    friend class ForeignRows;
    struct Close {
        void operator()(sqlite3* handle) const;
    };
    [[noreturn]] void fail(int code) const;

    std::filesystem::path file_;
    std::unique_ptr<sqlite3, Close> handle_;
    mutable std::size_t rows_ = 0; ///< read so far
};

/// The rows of one query. Columns count from 0; a value of another type than is asked for throws Error.
class ForeignRows {
public:
    ForeignRows(const ForeignDatabase& database, std::string_view sql);

    bool next();
    bool isNull(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    /// UTF-8, on one line; at most `longest` bytes.
    std::string text(int column, std::size_t longest) const;
    /// As it stands, for what is parsed next.
    std::string_view raw(int column, std::size_t longest) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const;
    };
    [[noreturn]] void refuse(int column, const std::string& what) const;

    const ForeignDatabase& database_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

/// Does the file begin as an SQLite file does? False for what cannot be read.
bool looksLikeSqlite(const std::filesystem::path& file);

} // namespace greenfront::formats
