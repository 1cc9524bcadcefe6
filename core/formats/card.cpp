// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/formats/encode.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace greenfront::formats {
namespace {

/// Text from outside inside Markdown: shown as it is, on one line, and never as markup.
std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : cleanText(text)) {
        if (c == '\n' || c == '\r' || c == '\t')
            result += ' ';
        else if (c == '<')
            result += "&lt;";
        else if (c == '&')
            result += "&amp;";
        else {
            if (std::string_view("\\`*_[]|#~!").find(c) != std::string_view::npos)
                result += '\\';
            result += c;
        }
    }
    return result;
}

/// A string that is the same in JSON, YAML and Python.
std::string inQuotes(std::string_view text) {
    return Json(cleanText(text)).dump();
}

/// Whole numbers in full, others with four significant digits.
std::string valueText(double value) {
    if (!std::isfinite(value))
        return "unknown";
    if (value == std::round(value) && std::abs(value) < 1e15)
        return fixedText(value, 0);
    const int magnitude = static_cast<int>(std::floor(std::log10(std::abs(value))));
    return fixedText(value, std::clamp(3 - magnitude, 0, 12));
}

std::string withUnit(double value, const std::string& unit) {
    return valueText(value) + (unit.empty() ? "" : " " + escaped(unit));
}

std::string intervalText(const Metric& metric) {
    if (!metric.low || !metric.high)
        return "not known";
    return valueText(*metric.low) + " to " + withUnit(*metric.high, metric.unit);
}

std::string joined(const std::set<std::string>& parts) {
    return join(std::vector<std::string>(parts.begin(), parts.end()), ", ");
}

bool carbonKnown(const ModelFile& file) {
    return !file.energy.empty() && !file.carbonMethod.empty();
}

std::string frontMatter(const ModelFile& file, Format format) {
    const std::string task = file.dataKind == "table" ? "tabular" : "image";
    std::string text = "---\npipeline_tag: " + task + "-classification\ntags:\n- greenfront\n- " +
                       std::string(toText(format)) + "\n";
    if (!file.dataName.empty())
        text += "dataset: " + inQuotes(file.dataName) + "\n";
    if (carbonKnown(file)) {
        std::set<std::string> sources;
        for (const EnergyLine& line : file.energy)
            sources.insert(line.source + " (" + std::string(toText(line.provenance)) + ")");
        text += "co2_eq_emissions:\n  emissions: " + shortText(file.carbon.value) + "\n  source: " +
                inQuotes("Greenfront; energy: " + joined(sources) + "; " + file.carbonMethod) +
                "\n  training_type: \"pre-training\"\n";
        if (!file.hardware.empty())
            text += "  hardware_used: " + inQuotes(file.hardware) + "\n";
    }
    return text + "---\n\n";
}

std::string introduction(const ModelFile& file) {
    std::string text = "# " + escaped(file.name) + "\n\nTells " +
                       std::to_string(file.model.network.classes()) + " classes apart";
    if (!file.dataName.empty())
        text += "; trained on " + escaped(file.dataName);
    if (!file.dataKind.empty())
        text += " (" + escaped(file.dataKind) + ")";
    text += ". Found and exported with Greenfront";
    if (!file.created.empty())
        text += ", " + escaped(file.created);
    return text + ".\n\n";
}

std::string metricsTable(const ModelFile& file) {
    std::string text = "## Metrics\n\n";
    if (file.metrics.empty())
        return text + "None were recorded.\n\n";
    text += "| Metric | Device | Value | 95 % interval | Provenance | Method |\n"
            "| --- | --- | ---: | --- | --- | --- |\n";
    for (const auto& [device, metric] : file.metrics)
        text += "| " + escaped(metric.name) + " | " + (device.empty() ? "any" : escaped(device)) + " | " +
                withUnit(metric.value, metric.unit) + " | " + intervalText(metric) + " | " +
                std::string(toText(metric.provenance)) + " | " +
                (metric.method.empty() ? "not stated" : escaped(metric.method)) + " |\n";
    return text + "\n";
}

std::string energyTable(const ModelFile& file) {
    std::string text = "## Energy and carbon\n\n";
    if (file.energy.empty())
        return text + "No energy was recorded for this model.\n\n";
    text += "| Phase | Source | Energy | Provenance |\n| --- | --- | ---: | --- |\n";
    Joules total;
    std::set<std::string> provenances;
    for (const EnergyLine& line : file.energy) {
        const std::string provenance(toText(line.provenance));
        text += "| " + escaped(line.phase) + " | " + escaped(line.source) + " | " + toText(line.joules) +
                " | " + provenance + " |\n";
        total += line.joules;
        provenances.insert(provenance);
    }
    text += "| all | | " + toText(total) + " | sum of " + joined(provenances) + " |\n\n";
    if (!file.hardware.empty())
        text += "Used by: " + escaped(file.hardware) + ".\n\n";
    if (!carbonKnown(file))
        return text + "Carbon is not stated, because the carbon intensity of this energy is not known.\n\n";
    return text + "Carbon: **" + toText(file.carbon) + "**, estimated from the energy above; " +
           escaped(file.carbonMethod) + ".\n\n";
}

std::string inputSection(const ModelFile& file) {
    std::string text = "## Input\n\n" + escaped(preprocessingOf(file)) + ".\n\n";
    if (!file.dataHash.empty())
        text += "The content hash of the data is " + escaped(file.dataHash) + ".\n\n";
    text += "## Classes\n\n";
    if (file.classes.empty())
        return text + "They have no names; a class is the index of the largest logit.\n\n";
    text += "The class is the index of the largest logit.\n\n| Index | Class |\n| ---: | --- |\n";
    for (std::size_t i = 0; i < file.classes.size(); ++i)
        text += "| " + std::to_string(i) + " | " + escaped(file.classes[i]) + " |\n";
    return text + "\n";
}

std::string example(const ModelFile& file, Format format, const std::string& fileName) {
    const Shape& in = file.model.network.input();
    const std::string shape = "(1, " + std::to_string(in.channels) + ", " + std::to_string(in.height) + ", " +
                              std::to_string(in.width) + ")";
    const std::string path =
        inQuotes(fileName.empty() ? "model" + std::string(extensionOf(format)) : fileName);
    std::string text = "## How to run it\n\n";
    switch (format) {
    case Format::Onnx:
        return text +
               "With ONNX Runtime (`pip install onnxruntime`):\n\n```python\nimport numpy\n"
               "import onnxruntime\n\nsession = onnxruntime.InferenceSession(" +
               path + ")\nimages = numpy.zeros(" + shape +
               ", dtype=numpy.float32)\nlogits = session.run([\"logits\"], {\"input\": images})[0]\n"
               "print(logits.argmax(axis=1))\n```\n\nClasses, preprocessing and all that this card says are "
               "in "
               "the file too: `session.get_modelmeta().custom_metadata_map`.\n\n";
    case Format::TorchScript:
        return text +
               "With PyTorch:\n\n```python\nimport torch\n\nextra = {\"greenfront.json\": \"\"}\n"
               "model = torch.jit.load(" +
               path + ", _extra_files=extra)\nwith torch.no_grad():\n    logits = model(torch.zeros" + shape +
               ")\nprint(logits.argmax(dim=1))\n```\n\nClasses, preprocessing and all that this card says "
               "are "
               "in `extra`.\n\n";
    case Format::Safetensors:
        return text +
               "The file holds weights and, in its metadata, the network layer by layer as JSON. To "
               "read it (`pip install safetensors`):\n\n```python\nimport json\nfrom safetensors import "
               "safe_open\n\nwith safe_open(" +
               path +
               ", framework=\"numpy\") as file:\n    network = json.loads(file.metadata()[\"network\"])\n"
               "    weights = {name: file.get_tensor(name) for name in file.keys()}\n```\n\n";
    }
    return text;
}

std::string networkSection(const ModelFile& file) {
    const arch::Costs costs = arch::networkCosts(file.model.network);
    std::string text = "## Network\n\n| | | How it was obtained |\n| --- | ---: | --- |\n";
    text += "| Layers | " + std::to_string(file.model.network.layers.size()) + " | counted |\n";
    text += "| Parameters | " + valueText(costs.parameters) + " | counted layer by layer |\n";
    text +=
        "| Multiply-accumulates for one sample | " + valueText(costs.macs) + " | counted layer by layer |\n";
    text += "| Weights | " + toText(costs.weights) + " | counted, fp32, before folding |\n";
    text += "| Peak memory of the outputs | " + toText(costs.peakMemory) +
            " | estimated from the layers, fp32, one sample |\n\n";
    if (!file.genotype.empty())
        text += "Genotype, to make it again from the same study: " + escaped(file.genotype) + "\n";
    return text;
}

} // namespace

std::string modelCard(const ModelFile& file, Format format, const std::string& fileName) {
    return frontMatter(file, format) + introduction(file) + metricsTable(file) + energyTable(file) +
           inputSection(file) + example(file, format, fileName) + networkSection(file);
}

} // namespace greenfront::formats
