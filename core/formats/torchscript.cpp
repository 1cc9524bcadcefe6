// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/formats/encode.h"
#include "core/formats/torchscript_source.h"

#include <algorithm>
#include <sstream>
#include <torch/script.h>

namespace greenfront::formats {
namespace {

torch::Tensor tensorOf(const arch::Tensor& tensor, bool perChannel) {
    auto shape = tensor.shape;
    if (perChannel)
        shape = {tensor.shape.front(), 1, 1};
    torch::Tensor copy = torch::empty(shape, torch::kFloat32);
    std::ranges::copy(tensor.values, copy.data_ptr<float>());
    return copy;
}

std::string describe(const ModelFile& file) {
    Json json = metadataOf(file);
    json["network"] = arch::toJson(file.model.network);
    return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string saved(const arch::Model& model, const std::string& description) {
    const Script script = scriptOf(model.network);
    torch::jit::Module module("__torch__.GreenfrontModel");
    module.register_attribute("training", c10::BoolType::get(), false);
    for (const Script::Attribute& attribute : script.attributes)
        module.register_parameter(attribute.name,
                                  tensorOf(model.weights.at(attribute.weights), attribute.perChannel),
                                  !attribute.trainable);
    module.define(script.source);
    std::ostringstream out(std::ios::binary);
    module.save(out, {{"greenfront.json", description}});
    return std::move(out).str();
}

[[noreturn]] void refuse(const ModelFile& file, const std::string& reason) {
    throw Error("export", file.name, "LibTorch refuses it: " + reason,
                "Export it in another format and report this");
}

} // namespace

std::string encodeTorchScript(const ModelFile& file) {
    const arch::Model folded = arch::foldBatchNorm(file.model);
    try {
        return saved(folded, describe(file));
    } catch (const Error&) {
        throw;
    } catch (const c10::Error& error) {
        refuse(file, error.what_without_backtrace());
    } catch (const std::exception& error) {
        refuse(file, error.what());
    }
}

} // namespace greenfront::formats
