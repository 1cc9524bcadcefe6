// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/torchscript_file.h"

#include <sstream>
#include <torch/script.h>

TorchScriptFile runTorchScript(const std::string& bytes, std::vector<float> inputs,
                               const std::vector<std::int64_t>& shape) {
    std::istringstream in(bytes);
    torch::jit::ExtraFilesMap extra{{"greenfront.json", ""}};
    torch::jit::Module module = torch::jit::load(in, torch::kCPU, extra);
    module.eval();
    const torch::NoGradGuard guard;
    const torch::Tensor logits =
        module.forward({torch::from_blob(inputs.data(), shape, torch::kFloat32)}).toTensor().contiguous();
    TorchScriptFile file;
    file.description = extra.at("greenfront.json");
    for (const auto& parameter : module.named_parameters())
        file.parameters.push_back(parameter.name);
    for (const auto& buffer : module.named_buffers())
        file.buffers.push_back(buffer.name);
    file.shape = logits.sizes().vec();
    file.logits.assign(logits.data_ptr<float>(), logits.data_ptr<float>() + logits.numel());
    return file;
}
