// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/transform.h"
#include "core/base/json.h"
#include "core/base/metric.h"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace greenfront::formats {

enum class Format { Onnx, TorchScript, Safetensors };
/// "onnx", "torchscript", "safetensors"; throws Error that lists them.
Format formatFrom(std::string_view text);
std::string_view toText(Format format);
/// ".onnx", ".pt", ".safetensors"
std::string_view extensionOf(Format format);

/// One phase's or one source's share of what it cost, for the card.
struct EnergyLine {
    std::string phase, source;
    Joules joules;
    Provenance provenance = Provenance::Measured;
};

/// A model as it leaves: the network with normalisation in front, and everything that its reader must know.
struct ModelFile {
    std::string name;
    arch::Model model; ///< input: values as the data's file has them, [N, C, H, W]
    std::vector<std::string> classes;
    std::string dataName, dataKind, dataHash;
    std::string inputRange;                              ///< "0..255", "-1..1"
    std::vector<std::pair<std::string, Metric>> metrics; ///< device ("" for none) and metric
    std::vector<EnergyLine> energy;
    GramsCO2e carbon;         ///< of the energy above
    std::string carbonMethod; ///< intensity used, with its source
    std::string hardware;     ///< what the energy was used by: "AMD EPYC, 2 cores"; may be empty
    std::string genotype;     ///< text, for repeating it
    std::string created;      ///< ISO 8601
};

/// Writes the file and beside it FILE's stem + ".md", the model card; both or none. Overwrites a model and
/// its card, but no Markdown file of other origin. Throws Error.
void writeModel(const ModelFile& file, Format format, const std::filesystem::path& path);

/// The functions below write one file each, or nothing, and throw Error; batch norm is folded in ONNX and
/// TorchScript, so that what runs is as small as what was measured.

/// Opset 17, IR version 8 (onnx.ai), input "input" [N,C,H,W] float, output "logits" [N,classes]; passes
/// onnx::checker before it is written. Preprocessing is in the graph; classes and the rest stand in
/// metadata_props.
void writeOnnx(const ModelFile& file, const std::filesystem::path& path);
/// forward(x) on [N,C,H,W]; extra file "greenfront.json" holds classes and the rest.
void writeTorchScript(const ModelFile& file, const std::filesystem::path& path);
/// Weights by layer name, batch norm as it is; metadata holds the network as JSON, classes and the rest.
void writeSafetensors(const ModelFile& file, const std::filesystem::path& path);
/// Markdown with YAML front matter (Hugging Face's model card, co2_eq_emissions in grams). Every number
/// stands with its provenance; what is not known is left out or said to be unknown. `fileName`: for the
/// example.
std::string modelCard(const ModelFile& file, Format format, const std::string& fileName = {});
/// The texts that every format carries: classes (JSON), preprocessing, data, accuracy, ...
std::map<std::string, std::string> metadataOf(const ModelFile& file);

} // namespace greenfront::formats
