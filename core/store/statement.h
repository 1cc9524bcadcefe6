// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/store/workspace.h"

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sqlite3_stmt;

namespace greenfront::store {

struct FinalizeStatement {
    void operator()(sqlite3_stmt* statement) const;
};
using PreparedStatement = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

/// The statements of one connection that are prepared and not in use now, by their text.
class StatementCache {
public:
    /// Stays valid as long as the cache; empty while in use.
    PreparedStatement& slot(std::string_view sql);

private:
    std::map<std::string, PreparedStatement, std::less<>> slots_;
};

/// One use of a statement: prepared the first time, taken from the connection's cache afterwards and given
/// back at the end. Parameters are bound in the order in which they stand. Every failure throws Error.
class Statement {
public:
    template <class... Values>
    explicit Statement(const Workspace& workspace, std::string_view sql, const Values&... values)
        : Statement(workspace, sql, Prepare{}) {
        bindAll(values...);
    }
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;
    ~Statement();

    /// To the next row; false after the last.
    bool step();
    /// Steps to the end.
    void run();
    /// Starts again with other values.
    template <class... Values>
    Statement& bind(const Values&... values) {
        reset();
        bindAll(values...);
        return *this;
    }

    // Columns of the row that step() reached, counted from 0. Views last until the next step().
    std::int64_t integer(int column) const;
    double real(int column) const; ///< NULL reads as NaN, because SQLite stores NaN as NULL
    std::optional<double> optionalReal(int column) const;
    std::string text(int column) const;
    std::span<const std::byte> bytes(int column) const;

private:
    struct Prepare {};
    Statement(const Workspace& workspace, std::string_view sql, Prepare);

    template <class... Values>
    void bindAll(const Values&... values) {
        int position = 0;
        (bindOne(++position, values), ...);
    }
    void reset();
    void bindOne(int position, std::int64_t value);
    void bindOne(int position, double value);
    void bindOne(int position, const std::optional<double>& value);
    void bindOne(int position, std::string_view value);
    void bindOne(int position, std::span<const std::byte> value);
    void check(int code) const;

    const Workspace& workspace_;
    PreparedStatement& slot_;
    PreparedStatement statement_;
    bool writes_ = false;
};

/// Runs statements that bind nothing and return nothing.
void execute(const Workspace& workspace, const std::string& sql);

} // namespace greenfront::store
