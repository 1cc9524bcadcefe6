// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/columns.h"

#include "core/base/text.h"
#include "core/store/failure.h"

#include <bit>
#include <charconv>
#include <cstdint>

namespace greenfront::store {

std::string jsonText(const Json& json) {
    // Names of files need not be UTF-8, and must not end a job.
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json jsonFrom(const Workspace& workspace, const std::string& text) {
    return parseJson(text, workspace.path().string());
}

std::string genotypeText(const Genotype& genotype) {
    std::string text;
    for (const int choice : genotype) {
        if (!text.empty())
            text += ',';
        text += std::to_string(choice);
    }
    return text;
}

Genotype genotypeFrom(const Workspace& workspace, const std::string& text) {
    Genotype genotype;
    if (text.empty())
        return genotype;
    for (const auto part : split(text, ',')) {
        int choice = 0;
        const auto* const end = part.data() + part.size();
        const auto [stopped, problem] = std::from_chars(part.data(), end, choice);
        if (problem != std::errc{} || stopped != end)
            throwDamaged(workspace.path(), "a candidate's genotype is not a list of numbers");
        genotype.push_back(choice);
    }
    return genotype;
}

Provenance provenanceFrom(const Workspace& workspace, const std::string& text) {
    if (const auto provenance = greenfront::provenanceFrom(text))
        return *provenance;
    throwDamaged(workspace.path(), "it holds a number of unknown provenance");
}

Direction directionFrom(const Workspace& workspace, const std::string& text) {
    if (const auto direction = greenfront::directionFrom(text))
        return *direction;
    throwDamaged(workspace.path(), "it holds a metric of unknown direction");
}

std::vector<std::byte> packed(std::span<const double> numbers) {
    std::vector<std::byte> bytes;
    bytes.reserve(numbers.size() * 8);
    for (const double number : numbers)
        for (unsigned shift = 0; shift < 64; shift += 8)
            bytes.push_back(static_cast<std::byte>(std::bit_cast<std::uint64_t>(number) >> shift & 0xffU));
    return bytes;
}

std::vector<double> unpacked(const Workspace& workspace, std::span<const std::byte> bytes) {
    if (bytes.size() % 8 != 0)
        throwDamaged(workspace.path(), "a list of numbers is cut off");
    std::vector<double> numbers;
    numbers.reserve(bytes.size() / 8);
    for (std::size_t at = 0; at < bytes.size(); at += 8) {
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < 8; ++i)
            bits |= std::to_integer<std::uint64_t>(bytes[at + i]) << (8 * i);
        numbers.push_back(std::bit_cast<double>(bits));
    }
    return numbers;
}

} // namespace greenfront::store
