// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/blobs.h"

#include "core/base/error.h"
#include "core/base/hash.h"
#include "core/store/columns.h"
#include "core/store/failure.h"
#include "core/store/statement.h"
#include "core/store/write_scope.h"

#include <algorithm>

namespace greenfront::store {
namespace {

constexpr std::size_t chunkSize = 1 << 20;
constexpr std::int64_t largestBlob = std::int64_t{2} << 30;

std::string titleOf(RunId run, const std::string& name) {
    return "\"" + name + "\" of run " + std::to_string(run.value);
}

std::int64_t putChunk(const Workspace& workspace, std::span<const std::byte> bytes) {
    const auto hash = sha256(bytes);
    Statement find(workspace, "SELECT id FROM chunks WHERE hash = ?", hash);
    if (find.step())
        return find.integer(0);
    Statement add(workspace, "INSERT INTO chunks (hash, bytes) VALUES (?, ?) RETURNING id", hash, bytes);
    add.step();
    const auto id = add.integer(0);
    add.run(); // SQLite counts a statement as done only after its last row
    return id;
}

std::int64_t putHead(const Workspace& workspace, RunId run, const std::string& name, std::size_t size,
                     const Json& meta) {
    Statement(workspace,
              "INSERT INTO blobs (run, name, size, meta) VALUES (?, ?, ?, ?) ON CONFLICT (run, name) "
              "DO UPDATE SET size = excluded.size, meta = excluded.meta",
              run.value, name, static_cast<std::int64_t>(size), jsonText(meta))
        .run();
    Statement find(workspace, "SELECT id FROM blobs WHERE run = ? AND name = ?", run.value, name);
    find.step();
    return find.integer(0);
}

/// The sum of the chunks that are there, before memory is taken for what the blob's row promises.
void checkSize(const Workspace& workspace, RunId run, const std::string& name, std::int64_t id,
               std::int64_t size) {
    Statement statement(workspace,
                        "SELECT coalesce(sum(length(bytes)), 0) FROM blob_chunks "
                        "JOIN chunks ON chunks.id = chunk WHERE blob = ?",
                        id);
    statement.step();
    if (size < 0 || size > largestBlob || statement.integer(0) != size)
        throwDamaged(workspace.path(), titleOf(run, name) + " is not complete");
}

std::string readChunks(const Workspace& workspace, RunId run, const std::string& name, std::int64_t id,
                       std::int64_t size) {
    std::string content;
    content.reserve(static_cast<std::size_t>(size));
    Statement statement(workspace,
                        "SELECT hash, bytes FROM blob_chunks JOIN chunks ON chunks.id = chunk "
                        "WHERE blob = ? ORDER BY position",
                        id);
    while (statement.step()) {
        const auto bytes = statement.bytes(1);
        if (sha256(bytes) != statement.text(0))
            throwDamaged(workspace.path(),
                         "a part of " + titleOf(run, name) + " has changed since it was written");
        content.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    }
    return content;
}

} // namespace

void putBlob(Workspace& workspace, RunId run, const std::string& name, std::string_view bytes,
             const Json& meta) {
    if (bytes.size() > static_cast<std::size_t>(largestBlob))
        throw Error("store", titleOf(run, name), "it is larger than 2 GiB", "Use a smaller network");
    WriteScope scope(workspace);
    const auto blob = putHead(workspace, run, name, bytes.size(), meta);
    Statement(workspace, "DELETE FROM blob_chunks WHERE blob = ?", blob).run();
    Statement link(workspace, "INSERT INTO blob_chunks (blob, position, chunk) VALUES (?, ?, ?)");
    const auto content = std::as_bytes(std::span(bytes));
    for (std::size_t at = 0; at < content.size(); at += chunkSize) {
        const auto chunk = putChunk(workspace, content.subspan(at, std::min(chunkSize, content.size() - at)));
        link.bind(blob, static_cast<std::int64_t>(at / chunkSize), chunk).run();
    }
    Statement(workspace, "DELETE FROM chunks WHERE id NOT IN (SELECT chunk FROM blob_chunks)").run();
    scope.commit();
}

std::optional<Blob> findBlob(Workspace& workspace, RunId run, const std::string& name) {
    Statement head(workspace, "SELECT id, size, meta FROM blobs WHERE run = ? AND name = ?", run.value, name);
    if (!head.step())
        return std::nullopt;
    const auto id = head.integer(0);
    const auto size = head.integer(1);
    // The unfinished statement above keeps one moment of the file for the ones below.
    checkSize(workspace, run, name, id, size);
    return Blob{readChunks(workspace, run, name, id, size), jsonFrom(workspace, head.text(2))};
}

} // namespace greenfront::store
