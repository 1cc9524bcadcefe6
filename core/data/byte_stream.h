// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace greenfront::data {

/// The content of a file that may be gzip-compressed, a piece at a time: what is taken into memory follows
/// from what a reader asks for, and never from what a compressed file would expand to.
class ByteStream {
public:
    /// Throws Error if there is no such regular file, or it is empty.
    explicit ByteStream(const std::filesystem::path& path);

    /// Fills `bytes` as far as the content goes and returns how many; throws Error for damaged compression.
    std::size_t read(std::span<std::uint8_t> bytes);
    /// The next line without its line break; nothing at the end. Throws Error for a line above `longest`.
    std::optional<std::string_view> line(std::size_t longest);

    const std::filesystem::path& path() const { return path_; }

private:
    bool refill();

    struct Close {
        void operator()(void* file) const;
    };
    std::filesystem::path path_;
    std::unique_ptr<void, Close> file_;
    std::string buffer_; ///< what line() has read ahead
    std::size_t used_ = 0;
};

} // namespace greenfront::data
