// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/emi_channels.h"

#include <algorithm>
#include <cstdint>

namespace greenfront::energy {
namespace {

using Bytewise = std::span<const std::byte>;

// Where emi.h has the unit (0: picowatt-hours), the size of a name in bytes, and the name, which is UTF-16.
constexpr std::size_t names = 64; ///< bytes: of the maker and the model, 16 letters each
constexpr std::size_t unitSize = 4, countSize = 2;
constexpr std::size_t revisionSize = 2;
constexpr std::size_t headV2 = names + revisionSize + countSize;

unsigned numberAt(Bytewise bytes, std::size_t at, std::size_t size) {
    unsigned number = 0;
    for (std::size_t i = 0; i < size; ++i)
        number |= std::to_integer<unsigned>(bytes[at + i]) << (8 * i);
    return number;
}

/// Channels have ASCII names; what is none shows as "?".
std::string nameIn(Bytewise bytes) {
    std::string name;
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const unsigned letter = numberAt(bytes, i, 2);
        if (letter == 0)
            break;
        name += letter >= ' ' && letter < 127 ? static_cast<char>(letter) : '?';
    }
    return name;
}

/// Takes a size and a name of that size off the bytes.
std::optional<std::string> takeName(Bytewise& bytes) {
    if (bytes.size() < countSize)
        return std::nullopt;
    const std::size_t size = numberAt(bytes, 0, countSize);
    if (bytes.size() - countSize < size)
        return std::nullopt;
    std::string name = nameIn(bytes.subspan(countSize, size));
    bytes = bytes.subspan(countSize + size);
    return name;
}

bool takeUnit(Bytewise& bytes) {
    if (bytes.size() < unitSize || numberAt(bytes, 0, unitSize) != 0)
        return false;
    bytes = bytes.subspan(unitSize);
    return true;
}

std::optional<std::vector<std::string>> namesV1(Bytewise bytes) {
    if (!takeUnit(bytes) || bytes.size() < names + revisionSize)
        return std::nullopt;
    bytes = bytes.subspan(names + revisionSize);
    auto name = takeName(bytes);
    return name ? std::optional(std::vector{*name}) : std::nullopt;
}

std::optional<std::vector<std::string>> namesV2(Bytewise bytes) {
    if (bytes.size() < headV2)
        return std::nullopt;
    const unsigned count = numberAt(bytes, names + revisionSize, countSize);
    bytes = bytes.subspan(headV2);
    std::vector<std::string> all;
    for (unsigned i = 0; i < count; ++i) {
        auto name = takeUnit(bytes) ? takeName(bytes) : std::nullopt;
        if (!name)
            return std::nullopt;
        all.push_back(*name);
    }
    return all;
}

/// Intel's channels are named for RAPL ("RAPL_Package0_PKG", "_DRAM", "_PP0" and "_PP1": cores and graphics),
/// AMD's for what they are.
EmiChannel channelOf(const std::string& name, bool hasSocket) {
    if (name.ends_with("_DRAM"))
        return {name, Part::Memory, false};
    if (name.ends_with("_PKG") || name == "Current Socket Energy")
        return {name, Part::Processor, false};
    if (name == "Apu Energy")
        return {name, Part::Processor, hasSocket};
    if (name.starts_with("RAPL_") || name.starts_with("VDDCR_"))
        return {name, Part::Processor, true};
    return {name};
}

} // namespace

std::optional<std::vector<EmiChannel>> emiChannels(unsigned version, Bytewise metadata) {
    const auto found = version == 1 ? namesV1(metadata) : version == 2 ? namesV2(metadata) : std::nullopt;
    if (!found)
        return std::nullopt;
    const bool hasSocket = std::ranges::find(*found, "Current Socket Energy") != found->end();
    std::vector<EmiChannel> channels;
    for (const std::string& name : *found)
        channels.push_back(channelOf(name, hasSocket));
    return channels;
}

} // namespace greenfront::energy
