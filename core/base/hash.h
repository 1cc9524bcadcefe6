// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace greenfront {

/// SHA-256 (FIPS 180-4) in pieces, for content hashes of data sets and weights. Own code, because the
/// libraries that offer it are whole TLS stacks, and this one function of theirs never changes.
class Sha256 {
public:
    void update(std::span<const std::byte> bytes);
    void update(std::string_view text) { update(std::as_bytes(std::span(text))); }
    /// 64 lower-case hexadecimal digits; ends the object's use.
    std::string hex();

private:
    void compress(const std::byte* block);

    std::array<std::uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    std::array<std::byte, 64> pending_{};
    std::uint64_t length_ = 0; ///< bytes so far
};

std::string sha256(std::span<const std::byte> bytes);

} // namespace greenfront
