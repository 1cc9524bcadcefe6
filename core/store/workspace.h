// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

struct sqlite3;

namespace greenfront::store {

class StatementCache;

enum class Access { ReadOnly, ReadWrite };

struct CloseConnection {
    void operator()(sqlite3* handle) const;
};
using Connection = std::unique_ptr<sqlite3, CloseConnection>;

/// One connection to a .greenfront file. A connection belongs to one thread: each thread opens its own.
/// Everything that goes wrong throws Error: not a workspace, from a newer version, read-only, disk full,
/// locked.
class Workspace {
public:
    /// Makes a new file; throws Error if one is there already. Leaves nothing behind if it fails.
    static Workspace create(const std::filesystem::path& path);
    /// ReadOnly also works on a read-only disk, with a write-ahead log left behind by a killed process too.
    static Workspace open(const std::filesystem::path& path, Access access = Access::ReadWrite);
    static Workspace openOrCreate(const std::filesystem::path& path);

    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    ~Workspace();

    const std::filesystem::path& path() const { return path_; }
    sqlite3* handle() const { return handle_.get(); }
    /// Changes whenever another connection has written (PRAGMA data_version).
    std::int64_t dataVersion() const;
    /// Does this file have a write-ahead log, so that others can read while one writes? Not on some network
    /// disks: there readers and writers wait for each other.
    bool hasWriteAheadLog() const;
    /// Copies to a new file through SQLite's backup API, also while a job writes. Throws Error if a file of
    /// that name is there already.
    void saveAs(const std::filesystem::path& target) const;

    /// Prepared statements of this connection, for core/store itself.
    StatementCache& statements() const { return *statements_; }

private:
    Workspace(std::filesystem::path path, Connection handle);
    static Workspace initialise(const std::filesystem::path& path);

    std::filesystem::path path_;
    Connection handle_;
    std::unique_ptr<StatementCache> statements_;
};

/// BEGIN IMMEDIATE; rolls back unless commit() was reached. Does not nest. The functions that write several
/// rows join one that is open, or make one of their own. The workspace must stay where it is meanwhile.
class Transaction {
public:
    explicit Transaction(Workspace& workspace);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

private:
    Workspace& workspace_;
    bool open_ = true;
};

/// Held by the process that runs studies in a workspace; freed by the system however the process ends.
/// Portable: an exclusive SQLite lock on a neighbour file.
class RunnerLock {
public:
    /// nothing if another process (or another lock of this one) holds it
    static std::optional<RunnerLock> tryTake(const std::filesystem::path& workspace);
    /// Is some process running studies there now?
    static bool isHeld(const std::filesystem::path& workspace);
    RunnerLock(RunnerLock&&) noexcept;
    RunnerLock& operator=(RunnerLock&&) noexcept;
    ~RunnerLock();

private:
    struct State;
    explicit RunnerLock(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

} // namespace greenfront::store
