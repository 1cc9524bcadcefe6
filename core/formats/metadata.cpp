// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/base/version.h"
#include "core/formats/encode.h"

namespace greenfront::formats {
namespace {

std::string dump(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json metricsJson(const ModelFile& file) {
    Json list = Json::array();
    for (const auto& [device, metric] : file.metrics) {
        Json json{{"name", metric.name},
                  {"value", metric.value},
                  {"unit", metric.unit},
                  {"direction", toText(metric.direction)},
                  {"provenance", toText(metric.provenance)},
                  {"method", metric.method}};
        if (!device.empty())
            json["device"] = device;
        if (metric.low && metric.high)
            json.update({{"low", *metric.low}, {"high", *metric.high}});
        list.push_back(std::move(json));
    }
    return list;
}

Json energyJson(const ModelFile& file) {
    Json list = Json::array();
    for (const EnergyLine& line : file.energy)
        list.push_back({{"phase", line.phase},
                        {"source", line.source},
                        {"joules", line.joules.value},
                        {"provenance", toText(line.provenance)}});
    return list;
}

/// "97.4 % (measured: on 2,007 test images)"
std::string sentence(const Metric& metric) {
    std::string text = numberText(metric.value) + (metric.unit.empty() ? "" : " " + metric.unit) + " (" +
                       std::string(toText(metric.provenance));
    return text + (metric.method.empty() ? "" : ": " + metric.method) + ")";
}

std::string listText(const std::vector<float>& values) {
    std::vector<std::string> texts;
    texts.reserve(values.size());
    for (const float value : values)
        texts.push_back(numberText(static_cast<double>(value)));
    return "[" + join(texts, ", ") + "]";
}

} // namespace

std::string cleanText(std::string_view text) {
    return Json::parse(dump(Json(text))).get<std::string>();
}

std::string preprocessingOf(const ModelFile& file) {
    const Shape& in = file.model.network.input();
    std::string text = "Give the values as the data's files have them";
    if (!file.inputRange.empty())
        text += " (" + file.inputRange + ")";
    text += ", float32, shape [N, " + std::to_string(in.channels) + ", " + std::to_string(in.height) + ", " +
            std::to_string(in.width) + "]";
    for (const arch::Layer& layer : file.model.network.layers)
        if (layer.op == arch::Op::Normalise)
            return text + "; the model itself begins with (x - mean) / deviation for each channel, mean " +
                   listText(file.model.weights.at(layer.name + ".mean").values) + ", deviation " +
                   listText(file.model.weights.at(layer.name + ".deviation").values);
    return text + "; the model does not normalise them";
}

std::map<std::string, std::string> metadataOf(const ModelFile& file) {
    const Shape& in = file.model.network.input();
    std::map<std::string, std::string> texts{
        {"producer", "Greenfront " + version()},
        {"name", file.name},
        {"classes", dump(file.classes)},
        {"input_shape", dump({in.channels, in.height, in.width})},
        {"input_range", file.inputRange},
        {"preprocessing", preprocessingOf(file)},
        {"data_name", file.dataName},
        {"data_kind", file.dataKind},
        {"data_hash", file.dataHash},
        {"metrics", dump(metricsJson(file))},
        {"energy", dump(energyJson(file))},
        {"genotype", file.genotype},
        {"created", file.created},
    };
    if (!file.carbonMethod.empty())
        texts.insert({{"carbon_grams", numberText(file.carbon.value)}, {"carbon_method", file.carbonMethod}});
    for (const auto& [device, metric] : file.metrics)
        if (metric.name == "accuracy" && device.empty())
            texts["accuracy"] = sentence(metric);
    for (auto& [key, text] : texts)
        text = cleanText(text);
    return texts;
}

} // namespace greenfront::formats
