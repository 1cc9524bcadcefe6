// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <map>
#include <string>
#include <vector>

/// What a test asks of an ONNX file, read by libonnx; sizes that are not fixed stand by their name.
struct OnnxFile {
    long irVersion = 0, opset = 0;
    std::string producer, description;
    std::map<std::string, std::vector<std::string>> inputs, outputs, inferred; ///< with their shapes
    std::vector<std::string> operators;                                        ///< in order
    std::map<std::string, std::vector<long>> initializers;                     ///< with their shapes
    std::map<std::string, std::string> metadata;
};

/// Throws std::runtime_error unless the bytes are an ONNX model that onnx::checker accepts.
OnnxFile readOnnx(const std::string& bytes);
