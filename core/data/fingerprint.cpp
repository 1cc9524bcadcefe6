// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/fingerprint.h"

#include "core/base/hash.h"

#include <bit>

namespace greenfront::data {
namespace {

template <class Word>
void putLittleEndian(std::vector<std::byte>& bytes, Word word) {
    for (std::size_t i = 0; i < sizeof(Word); ++i)
        bytes.push_back(static_cast<std::byte>(word >> (8 * i)));
}

void add(Sha256& hash, const std::vector<std::uint8_t>& values) {
    hash.update(std::as_bytes(std::span(values)));
}

void add(Sha256& hash, const std::vector<float>& values) {
    constexpr std::size_t chunk = 1 << 16; // floats at a time, so that the copy stays small
    std::vector<std::byte> bytes;
    for (std::size_t first = 0; first < values.size(); first += chunk) {
        bytes.clear();
        for (std::size_t i = first; i < std::min(first + chunk, values.size()); ++i)
            putLittleEndian(bytes, std::bit_cast<std::uint32_t>(values[i]));
        hash.update(bytes);
    }
}

} // namespace

std::string fingerprint(Shape shape, std::size_t classes, const std::array<Samples, 3>& parts) {
    Sha256 hash;
    std::vector<std::byte> bytes;
    for (const int number : {shape.channels, shape.height, shape.width})
        putLittleEndian(bytes, static_cast<std::uint32_t>(number));
    putLittleEndian(bytes, static_cast<std::uint64_t>(classes));
    for (const Samples& samples : parts) {
        putLittleEndian(bytes, static_cast<std::uint64_t>(samples.labels.size()));
        for (const int label : samples.labels)
            putLittleEndian(bytes, static_cast<std::uint32_t>(label));
        hash.update(bytes);
        bytes.clear();
        std::visit([&](const auto& values) { add(hash, values); }, samples.values);
    }
    return hash.hex();
}

} // namespace greenfront::data
