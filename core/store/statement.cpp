// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/statement.h"

#include "core/store/failure.h"

#include <limits>
#include <sqlite3.h>

namespace greenfront::store {

void FinalizeStatement::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

PreparedStatement& StatementCache::slot(std::string_view sql) {
    const auto found = slots_.find(sql);
    return found != slots_.end() ? found->second : slots_[std::string(sql)];
}

Statement::Statement(const Workspace& workspace, std::string_view sql, Prepare)
    : workspace_(workspace), slot_(workspace.statements().slot(sql)), statement_(std::move(slot_)) {
    if (!statement_) {
        sqlite3_stmt* prepared = nullptr;
        check(sqlite3_prepare_v3(workspace.handle(), sql.data(), static_cast<int>(sql.size()),
                                 SQLITE_PREPARE_PERSISTENT, &prepared, nullptr));
        statement_.reset(prepared);
    }
    writes_ = sqlite3_stmt_readonly(statement_.get()) == 0 ||
              sqlite3_txn_state(workspace.handle(), "main") == SQLITE_TXN_WRITE;
}

Statement::~Statement() {
    if (!statement_)
        return;
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get()); // frees large values
    slot_ = std::move(statement_);
}

bool Statement::step() {
    const int code = sqlite3_step(statement_.get());
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        check(code);
    return code == SQLITE_ROW;
}

void Statement::run() {
    while (step()) {
    }
}

void Statement::reset() {
    sqlite3_reset(statement_.get()); // its result is that of the last step, which was checked
}

void Statement::bindOne(int position, std::int64_t value) {
    check(sqlite3_bind_int64(statement_.get(), position, value));
}

void Statement::bindOne(int position, double value) {
    check(sqlite3_bind_double(statement_.get(), position, value));
}

void Statement::bindOne(int position, const std::optional<double>& value) {
    if (value)
        bindOne(position, *value);
    else
        check(sqlite3_bind_null(statement_.get(), position));
}

void Statement::bindOne(int position, std::string_view value) {
    // A view without data would be bound as NULL.
    check(sqlite3_bind_text64(statement_.get(), position, value.data() != nullptr ? value.data() : "",
                              value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
}

void Statement::bindOne(int position, std::span<const std::byte> value) {
    if (value.empty())
        check(sqlite3_bind_zeroblob(statement_.get(), position, 0));
    else
        check(sqlite3_bind_blob64(statement_.get(), position, value.data(), value.size(), SQLITE_TRANSIENT));
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_.get(), column);
}

double Statement::real(int column) const {
    return optionalReal(column).value_or(std::numeric_limits<double>::quiet_NaN());
}

std::optional<double> Statement::optionalReal(int column) const {
    if (sqlite3_column_type(statement_.get(), column) == SQLITE_NULL)
        return std::nullopt;
    return sqlite3_column_double(statement_.get(), column);
}

std::string Statement::text(int column) const {
    const auto* content = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
    if (content == nullptr)
        return {};
    return {content, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::span<const std::byte> Statement::bytes(int column) const {
    const void* content = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return {static_cast<const std::byte*>(content), static_cast<std::size_t>(size)};
}

void Statement::check(int code) const {
    if (code != SQLITE_OK)
        throwFailure(workspace_.handle(), code, writes_ ? "write" : "read", workspace_.path());
}

void execute(const Workspace& workspace, const std::string& sql) {
    const int code = sqlite3_exec(workspace.handle(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        throwFailure(workspace.handle(), code, "write", workspace.path());
}

} // namespace greenfront::store
