// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/units.h"

#include <filesystem>
#include <memory>
#include <optional>

struct sqlite3;

namespace greenfront::store {

enum class Access { ReadOnly, ReadWrite };

/// One connection to a .greenfront file. A connection belongs to one thread: each thread opens its own.
/// Everything that goes wrong throws Error: not a workspace, from a newer version, read-only, disk full,
/// locked.
class Workspace {
public:
    /// Makes a new file; throws Error if one is there already.
    static Workspace create(const std::filesystem::path& path);
    static Workspace open(const std::filesystem::path& path, Access access = Access::ReadWrite);
    static Workspace openOrCreate(const std::filesystem::path& path);

    Workspace(Workspace&&) noexcept;
    Workspace& operator=(Workspace&&) noexcept;
    ~Workspace();

    const std::filesystem::path& path() const { return path_; }
    sqlite3* handle() const { return handle_.get(); }
    /// Changes whenever another connection has written (PRAGMA data_version).
    std::int64_t dataVersion() const;
    /// Copies to a new file through SQLite's backup API, also while a job writes.
    void saveAs(const std::filesystem::path& target) const;

private:
    struct Closer {
        void operator()(sqlite3* handle) const;
    };
    Workspace(std::filesystem::path path, std::unique_ptr<sqlite3, Closer> handle);

    std::filesystem::path path_;
    std::unique_ptr<sqlite3, Closer> handle_;
};

/// BEGIN IMMEDIATE; rolls back unless commit() was reached. Does not nest.
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
