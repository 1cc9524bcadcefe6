// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/file.h"

#include "core/base/error.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <random>
#include <zlib.h>

namespace greenfront {
namespace fs = std::filesystem;
namespace {

void checkReadable(const fs::path& path) {
    std::error_code code;
    const auto status = fs::status(path, code);
    if (!fs::exists(status))
        throw Error("read", path.string(), "there is no such file", "Check the path");
    if (fs::is_directory(status))
        throw Error("read", path.string(), "it is a folder, not a file", "Name a file in it");
    if (!fs::is_regular_file(status))
        throw Error("read", path.string(), "it is not a regular file", "Name a file on a disk");
}

std::string systemReason() {
    return std::strerror(errno);
}

[[noreturn]] void throwTooLarge(const fs::path& path, Bytes limit) {
    throw Error("read", path.string(), "its content is larger than " + toText(limit),
                "Check that this is the file you meant");
}

fs::path temporaryBeside(const fs::path& path) {
    std::random_device entropy;
    return path.parent_path() / ("." + path.filename().string() + "." + std::to_string(entropy()) + ".part");
}

} // namespace

std::string readFile(const fs::path& path, Bytes limit) {
    checkReadable(path);
    std::error_code code;
    const auto size = fs::file_size(path, code);
    if (code)
        throw Error("read", path.string(), code.message());
    if (static_cast<double>(size) > limit.value)
        throwTooLarge(path, limit);
    std::ifstream in(path, std::ios::binary);
    std::string content(size, '\0');
    if (!in || !in.read(content.data(), static_cast<std::streamsize>(size)))
        throw Error("read", path.string(), systemReason(), "Check its permissions and the disk");
    return content;
}

std::string readMaybeGzip(const fs::path& path, Bytes limit) {
    checkReadable(path);
    const auto close = [](gzFile file) { gzclose_r(file); };
    const std::unique_ptr<std::remove_pointer_t<gzFile>, decltype(close)> file(
        gzopen(path.string().c_str(), "rb"), close);
    if (!file)
        throw Error("read", path.string(), systemReason(), "Check its permissions");
    std::string content;
    std::vector<char> buffer(1 << 18);
    for (;;) {
        const int got = gzread(file.get(), buffer.data(), static_cast<unsigned>(buffer.size()));
        int status = Z_OK;
        const char* reason = gzerror(file.get(), &status);
        if (got < 0 || (status != Z_OK && status != Z_STREAM_END))
            throw Error("read", path.string(),
                        status == Z_BUF_ERROR
                            ? "the compressed data ends too early"
                            : std::string("the compressed data is damaged (") + reason + ")",
                        "Download or copy the file again");
        if (got == 0)
            break;
        if (static_cast<double>(content.size()) + got > limit.value)
            throwTooLarge(path, limit);
        content.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return content;
}

void writeFileWith(const fs::path& path, const std::function<void(const fs::path&)>& write) {
    const fs::path temporary = temporaryBeside(path);
    try {
        write(temporary);
        fs::rename(temporary, path);
    } catch (const fs::filesystem_error& error) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw Error("write", path.string(), error.code().message(), "Check the folder and its permissions");
    } catch (...) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw;
    }
}

void writeFile(const fs::path& path, std::string_view content) {
    writeFileWith(path, [&](const fs::path& temporary) {
        std::ofstream out(temporary, std::ios::binary);
        out.write(content.data(), static_cast<std::streamsize>(content.size()));
        out.close();
        if (!out)
            throw Error("write", path.string(), systemReason(),
                        "Check the folder, its permissions and free space");
    });
}

} // namespace greenfront
