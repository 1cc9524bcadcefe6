// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/byte_stream.h"

#include "core/base/error.h"

#include <algorithm>
#include <zlib.h>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t piece = 1 << 16;

void checkFile(const fs::path& path) {
    std::error_code code;
    const auto status = fs::status(path, code);
    if (!fs::exists(status))
        throw Error("read", path.string(), "there is no such file", "Check the path");
    if (!fs::is_regular_file(status))
        throw Error("read", path.string(), "it is not a regular file", "Name a file");
    if (fs::file_size(path, code) == 0 && !code)
        throw Error("read", path.string(), "it is empty", "Download or copy it again");
}

} // namespace

void ByteStream::Close::operator()(void* file) const {
    gzclose_r(static_cast<gzFile>(file));
}

ByteStream::ByteStream(const fs::path& path) : path_(path) {
    checkFile(path);
    file_.reset(gzopen(path.string().c_str(), "rb"));
    if (!file_)
        throw Error("read", path.string(), "it cannot be opened", "Check its permissions");
}

std::size_t ByteStream::read(std::span<std::uint8_t> bytes) {
    std::size_t done = 0;
    auto* file = static_cast<gzFile>(file_.get());
    while (done < bytes.size()) {
        const auto wanted = static_cast<unsigned>(std::min(bytes.size() - done, piece));
        const int got = gzread(file, bytes.data() + done, wanted);
        int status = Z_OK;
        const char* reason = gzerror(file, &status);
        if (status == Z_BUF_ERROR)
            throw Error("read", path_.string(), "its compressed data ends too early",
                        "Download or copy it again");
        if (got < 0 || (status != Z_OK && status != Z_STREAM_END))
            throw Error("read", path_.string(),
                        std::string("its compressed data is damaged (") + reason + ")",
                        "Download or copy it again");
        if (got == 0)
            break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

bool ByteStream::refill() {
    buffer_.erase(0, used_);
    used_ = 0;
    const std::size_t had = buffer_.size();
    buffer_.resize(had + piece);
    const std::size_t got =
        read({reinterpret_cast<std::uint8_t*>(buffer_.data()) + had, piece}); // bytes and chars alias
    buffer_.resize(had + got);
    return got > 0;
}

std::optional<std::string_view> ByteStream::line(std::size_t longest) {
    std::size_t end = buffer_.find('\n', used_);
    while (end == std::string::npos && buffer_.size() - used_ <= longest) {
        if (!refill())
            break;
        end = buffer_.find('\n', used_);
    }
    const bool terminated = end != std::string::npos;
    if (!terminated)
        end = buffer_.size();
    if (end - used_ > longest)
        throw Error("read", path_.string(), "it has a line that is too long for a row of samples",
                    "Check that this is the file you meant");
    if (!terminated && end == used_)
        return std::nullopt;
    const std::string_view text(buffer_.data() + used_, end - used_);
    used_ = end + (terminated ? 1 : 0);
    return text;
}

} // namespace greenfront::data
