// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::arch {

/// A dense fp32 tensor, row-major.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;
};

/// By name, as Network's operators call them.
using Weights = std::map<std::string, Tensor>;

/// The safetensors format (8-byte little-endian header length, JSON header, data), fp32 only. Metadata: text
/// to text.
std::string encodeSafetensors(const Weights& weights,
                              const std::map<std::string, std::string>& metadata = {});
/// Checks every offset and shape against the bytes before it takes memory; throws Error naming the subject.
Weights decodeSafetensors(std::string_view bytes, const std::string& subject,
                          std::map<std::string, std::string>* metadata = nullptr);

} // namespace greenfront::arch
