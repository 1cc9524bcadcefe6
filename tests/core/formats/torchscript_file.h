// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

/// What LibTorch reads back from a TorchScript file, and gives for the inputs.
struct TorchScriptFile {
    std::string description; ///< greenfront.json
    std::vector<std::string> parameters, buffers;
    std::vector<std::int64_t> shape; ///< of the logits
    std::vector<float> logits;
};

TorchScriptFile runTorchScript(const std::string& bytes, std::vector<float> inputs,
                               const std::vector<std::int64_t>& shape);
