// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/formats/onnx_file.h"

#include <onnx/checker.h>
#include <onnx/onnx_pb.h>
#include <stdexcept>

namespace {

std::map<std::string, std::vector<std::string>>
shapesOf(const google::protobuf::RepeatedPtrField<onnx::ValueInfoProto>& values) {
    std::map<std::string, std::vector<std::string>> shapes;
    for (const auto& value : values) {
        auto& shape = shapes[value.name()];
        for (const auto& size : value.type().tensor_type().shape().dim())
            shape.push_back(size.has_dim_param() ? size.dim_param() : std::to_string(size.dim_value()));
    }
    return shapes;
}

} // namespace

OnnxFile readOnnx(const std::string& bytes) {
    onnx::ModelProto proto;
    if (!proto.ParseFromString(bytes))
        throw std::runtime_error("not an ONNX file");
    onnx::checker::check_model(proto);
    OnnxFile file;
    file.irVersion = static_cast<long>(proto.ir_version());
    file.opset = static_cast<long>(proto.opset_import(0).version());
    file.producer = proto.producer_name();
    file.description = proto.doc_string();
    file.inputs = shapesOf(proto.graph().input());
    file.outputs = shapesOf(proto.graph().output());
    file.inferred = shapesOf(proto.graph().value_info());
    for (const auto& node : proto.graph().node())
        file.operators.push_back(node.op_type());
    for (const auto& initializer : proto.graph().initializer())
        file.initializers[initializer.name()] = {initializer.dims().begin(), initializer.dims().end()};
    for (const auto& entry : proto.metadata_props())
        file.metadata[entry.key()] = entry.value();
    return file;
}
