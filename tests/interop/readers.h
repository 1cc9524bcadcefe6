// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/shape.h"

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

/// Other people's programs that read what Greenfront exports, each in a process of its own. They throw
/// std::runtime_error with what the program said.
namespace greenfront::interop {

/// Why a reader is missing and how to get it; nothing if it is there.
std::optional<std::string> missingOnnxRuntime();
std::optional<std::string> missingTorch();
/// GREENFRONT_REQUIRE_INTEROP=1: a missing reader is a failure, not a reason to skip.
bool interopRequired();

/// Logits of all samples, one after another, by ONNX Runtime (Node).
std::vector<float> runOnnx(const std::filesystem::path& model, std::span<const float> inputs, Shape sample);

struct TorchScriptResult {
    std::vector<float> logits;
    Json description; ///< greenfront.json
};
/// The same by Python's torch.jit.load.
TorchScriptResult runTorchScript(const std::filesystem::path& model, std::span<const float> inputs,
                                 Shape sample);

/// {"metadata": {...}, "tensors": {name: {"shape", "sum"}}} by a reader of a few lines of Python and numpy.
Json readSafetensors(const std::filesystem::path& model);

} // namespace greenfront::interop
