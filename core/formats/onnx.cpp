// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"
#include "core/base/version.h"
#include "core/formats/encode.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>
#include <onnx/shape_inference/implementation.h>

#include <limits>

namespace greenfront::formats {
namespace {

using arch::Layer;
using arch::Op;

constexpr int opset = 17;
constexpr int irVersion = 8; // the one that belongs to opset 17
constexpr auto inputName = "input";
constexpr auto outputName = "logits";

void describe(onnx::ValueInfoProto& value, const std::string& name, const std::vector<int>& sizes) {
    value.set_name(name);
    auto& tensor = *value.mutable_type()->mutable_tensor_type();
    tensor.set_elem_type(onnx::TensorProto::FLOAT);
    tensor.mutable_shape()->add_dim()->set_dim_param("N");
    for (const int size : sizes)
        tensor.mutable_shape()->add_dim()->set_dim_value(size);
}

/// Writes a network's nodes. Values between layers keep four dimensions, [N, C, H, W], also where H and W
/// are 1.
class GraphWriter {
public:
    GraphWriter(const arch::Model& model, onnx::GraphProto& graph) : model_(model), graph_(graph) {}

    void write() {
        const arch::Network& network = model_.network;
        const Shape& in = network.input();
        graph_.set_name(cleanText(network.name));
        describe(*graph_.add_input(), inputName, {in.channels, in.height, in.width});
        describe(*graph_.add_output(), outputName, {network.classes()});
        names_.emplace_back(inputName);
        for (std::size_t i = 1; i < network.layers.size(); ++i)
            writeLayer(network.layers[i], i + 1 == network.layers.size());
    }

private:
    onnx::NodeProto& node(const std::string& type, const std::string& name, std::vector<std::string> inputs,
                          const std::string& output) {
        onnx::NodeProto& added = *graph_.add_node();
        added.set_op_type(type);
        added.set_name(name);
        for (std::string& input : inputs)
            added.add_input(std::move(input));
        added.add_output(output);
        return added;
    }

    static void attribute(onnx::NodeProto& to, const std::string& name, std::int64_t value) {
        onnx::AttributeProto& added = *to.add_attribute();
        added.set_name(name);
        added.set_type(onnx::AttributeProto::INT);
        added.set_i(value);
    }

    static void realAttribute(onnx::NodeProto& to, const std::string& name, float value) {
        onnx::AttributeProto& added = *to.add_attribute();
        added.set_name(name);
        added.set_type(onnx::AttributeProto::FLOAT);
        added.set_f(value);
    }

    static void attribute(onnx::NodeProto& to, const std::string& name,
                          const std::vector<std::int64_t>& values) {
        onnx::AttributeProto& added = *to.add_attribute();
        added.set_name(name);
        added.set_type(onnx::AttributeProto::INTS);
        for (const std::int64_t value : values)
            added.add_ints(value);
    }

    /// Adds the layer's weights as an initializer; `shape` where it is not the weights' own.
    std::string weights(const Layer& layer, const std::string& part,
                        const std::vector<std::int64_t>& shape = {}) {
        const arch::Tensor& tensor = model_.weights.at(layer.name + part);
        onnx::TensorProto& added = *graph_.add_initializer();
        added.set_name(cleanText(layer.name + part));
        added.set_data_type(onnx::TensorProto::FLOAT);
        for (const std::int64_t size : shape.empty() ? tensor.shape : shape)
            added.add_dims(size);
        added.set_raw_data(tensor.values.data(), tensor.values.size() * sizeof(float));
        return added.name();
    }

    std::string axes(const std::string& name) {
        onnx::TensorProto& added = *graph_.add_initializer();
        added.set_name(name);
        added.set_data_type(onnx::TensorProto::INT64);
        added.add_dims(2);
        added.add_int64_data(2);
        added.add_int64_data(3);
        return name;
    }

    const std::string& inputOf(const Layer& layer, std::size_t which = 0) const {
        return names_[static_cast<std::size_t>(layer.inputs[which])];
    }

    void writeLayer(const Layer& layer, bool last) {
        const std::string name = cleanText(layer.name);
        if (layer.op == Op::Linear)
            writeLinear(layer, name, last);
        else
            writeOperator(layer, name);
        if (last && layer.op != Op::Linear)
            attribute(node("Flatten", name + ".flatten", {name}, outputName), "axis", 1);
        names_.push_back(name);
    }

    void writeOperator(const Layer& layer, const std::string& name) {
        switch (layer.op) {
        case Op::Normalise: {
            const std::vector<std::int64_t> perChannel{layer.output.channels, 1, 1};
            node("Sub", name + ".subtract", {inputOf(layer), weights(layer, ".mean", perChannel)},
                 name + ".centred");
            node("Div", name, {name + ".centred", weights(layer, ".deviation", perChannel)}, name);
            return;
        }
        case Op::Conv:
            writeConv(layer, name);
            return;
        case Op::BatchNorm:
            realAttribute(node("BatchNormalization", name,
                               {inputOf(layer), weights(layer, ".weight"), weights(layer, ".bias"),
                                weights(layer, ".running_mean"), weights(layer, ".running_var")},
                               name),
                          "epsilon", 1e-5F);
            return;
        case Op::Relu:
            node("Relu", name, {inputOf(layer)}, name);
            return;
        case Op::HardSwish:
            node("HardSwish", name, {inputOf(layer)}, name);
            return;
        case Op::HardSigmoid:
            realAttribute(node("HardSigmoid", name, {inputOf(layer)}, name), "alpha", 1.0F / 6);
            return;
        case Op::Scale:
            node("Mul", name, {inputOf(layer), inputOf(layer, 1)}, name);
            return;
        case Op::Add:
            node("Add", name, {inputOf(layer), inputOf(layer, 1)}, name);
            return;
        case Op::GlobalAveragePool:
            node("GlobalAveragePool", name, {inputOf(layer)}, name);
            return;
        default:
            throw Error("export", "layer " + layer.name,
                        "ONNX export does not know " + std::string(arch::toText(layer.op)));
        }
    }

    void writeConv(const Layer& layer, const std::string& name) {
        std::vector<std::string> inputs{inputOf(layer), weights(layer, ".weight")};
        if (layer.bias)
            inputs.push_back(weights(layer, ".bias"));
        onnx::NodeProto& conv = node("Conv", name, std::move(inputs), name);
        const std::int64_t pad = layer.kernel / 2;
        attribute(conv, "kernel_shape", {layer.kernel, layer.kernel});
        attribute(conv, "strides", {layer.stride, layer.stride});
        attribute(conv, "pads", {pad, pad, pad, pad});
        attribute(conv, "group", layer.groups);
    }

    void writeLinear(const Layer& layer, const std::string& name, bool last) {
        attribute(node("Flatten", name + ".flatten", {inputOf(layer)}, name + ".flat"), "axis", 1);
        std::vector<std::string> inputs{name + ".flat", weights(layer, ".weight")};
        if (layer.bias)
            inputs.push_back(weights(layer, ".bias"));
        const std::string product = last ? outputName : name + ".vector";
        attribute(node("Gemm", name, std::move(inputs), product), "transB", 1);
        if (!last)
            node("Unsqueeze", name + ".unsqueeze", {product, axes(name + ".axes")}, name);
    }

    const arch::Model& model_;
    onnx::GraphProto& graph_;
    std::vector<std::string> names_; ///< of each layer's output
};

onnx::ModelProto modelProto(const ModelFile& file) {
    onnx::ModelProto proto;
    proto.set_ir_version(irVersion);
    proto.add_opset_import()->set_version(opset);
    proto.set_producer_name("Greenfront");
    proto.set_producer_version(version());
    proto.set_doc_string(cleanText(file.name) + ". " + cleanText(preprocessingOf(file)) + ".");
    for (const auto& [key, value] : metadataOf(file)) {
        auto& entry = *proto.add_metadata_props();
        entry.set_key(key);
        entry.set_value(value);
    }
    const arch::Model folded = arch::foldBatchNorm(file.model);
    GraphWriter(folded, *proto.mutable_graph()).write();
    return proto;
}

} // namespace

std::string encodeOnnx(const ModelFile& file) {
    onnx::ModelProto proto = modelProto(file);
    if (proto.ByteSizeLong() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max()))
        throw Error("export", file.name, "an ONNX file holds at most 2 GiB", "Export it as safetensors");
    try {
        onnx::checker::check_model(proto);
        onnx::shape_inference::InferShapes(proto, onnx::OpSchemaRegistry::Instance(),
                                           onnx::ShapeInferenceOptions(true, 1, false));
        onnx::checker::check_model(proto);
    } catch (const std::exception& error) {
        throw Error("export", file.name, std::string("ONNX's own checker refuses it: ") + error.what(),
                    "Export it in another format and report this");
    }
    return proto.SerializeAsString();
}

} // namespace greenfront::formats
