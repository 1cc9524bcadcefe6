// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/failure.h"

#include "core/base/error.h"

#include <sqlite3.h>

namespace greenfront::store {
namespace {

struct Explanation {
    std::string reason, advice;
};

constexpr auto restore = "Restore a copy of it, or make a new workspace";

Explanation explainConstraint(int extendedCode, const std::string& message) {
    if (extendedCode == SQLITE_CONSTRAINT_FOREIGNKEY)
        return {"it refers to something that is not in the workspace",
                "Add the data set, study, run or candidate that it belongs to first"};
    return {"it contradicts what the workspace holds (" + message + ")", {}};
}

/// Result codes: https://sqlite.org/rescode.html
Explanation explain(int code, const std::string& message) {
    switch (code & 0xff) {
    case SQLITE_NOTADB:
        return {"it is not a Greenfront workspace", "Open a .greenfront file"};
    case SQLITE_FULL:
        return {"the disk is full", "Free some space and try again; what was saved before is intact"};
    case SQLITE_READONLY:
        return {"it can only be read", "Make the file and its folder writable, or save a copy elsewhere"};
    case SQLITE_CANTOPEN:
        return {"the file or its folder cannot be used (" + message + ")",
                "Check that the folder exists and that you may write in it"};
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {"access was denied", "Check the permissions of the file"};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {"another program keeps it locked", "Close that program, or wait, and try again"};
    case SQLITE_CORRUPT:
        return {"the file is damaged (" + message + ")", restore};
    case SQLITE_IOERR:
        return {"the disk reported an error (" + message + ")", "Check the disk and the connection to it"};
    case SQLITE_NOMEM:
        return {"there is not enough memory", "Close other programs and try again"};
    case SQLITE_TOOBIG:
        return {"one value in it is too large", restore};
    case SQLITE_CONSTRAINT:
        return explainConstraint(code, message);
    default:
        return {"it is not laid out as this version expects (" + message + ")", restore};
    }
}

} // namespace

void throwFailure(sqlite3* handle, int code, const std::string& doing, const std::filesystem::path& path) {
    const std::string message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
    const auto explanation = explain(code, message);
    throw Error(doing, path.string(), explanation.reason, explanation.advice);
}

void throwDamaged(const std::filesystem::path& path, const std::string& what) {
    throw Error("read", path.string(), "the file is damaged: " + what, restore);
}

} // namespace greenfront::store
