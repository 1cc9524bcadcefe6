// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/metric.h"
#include "core/store/statement.h"

#include <span>
#include <string>
#include <vector>

namespace greenfront::store {

// How values that SQLite does not know are kept in a column, and back. What reads throws Error where the file
// holds something else.

std::string jsonText(const Json& json);
Json jsonFrom(const Workspace& workspace, const std::string& text);

/// "0,2,1"
std::string genotypeText(const Genotype& genotype);
Genotype genotypeFrom(const Workspace& workspace, const std::string& text);

Provenance provenanceFrom(const Workspace& workspace, const std::string& text);
Direction directionFrom(const Workspace& workspace, const std::string& text);

/// 8 bytes a number, little-endian
std::vector<std::byte> packed(std::span<const double> numbers);
std::vector<double> unpacked(const Workspace& workspace, std::span<const std::byte> bytes);

} // namespace greenfront::store
