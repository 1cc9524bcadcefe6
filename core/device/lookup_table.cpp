// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/lookup_table.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text.h"
#include "core/device/table_means.h"

#include <cmath>
#include <sstream>

namespace greenfront::device {
namespace {

constexpr Bytes largestFile(64.0 * 1024 * 1024);

std::string shapeText(int side, int channels) {
    return std::to_string(side) + "x" + std::to_string(side) + "x" + std::to_string(channels);
}

std::string keyOf(const std::string& kind, const std::string& input, const std::string& output) {
    return kind + "-input:" + input + "-output:" + output;
}

/// "Conv-input:224x224x3-output:112x112x24": 224 and 24; nothing if the key is another one.
std::optional<std::pair<int, int>> firstConvolution(const std::string& key) {
    std::istringstream text(key);
    int height = 0, width = 0, channels = 0, outHeight = 0, outWidth = 0, outChannels = 0;
    const auto skip = [&](std::string_view expected) {
        for (const char c : expected)
            if (text.get() != c)
                text.setstate(std::ios::failbit);
    };
    skip("Conv-input:");
    text >> height;
    skip("x");
    text >> width;
    skip("x");
    text >> channels;
    skip("-output:");
    text >> outHeight;
    skip("x");
    text >> outWidth;
    skip("x");
    text >> outChannels;
    if (!text || height != width || height < 1 || outChannels < 1)
        return std::nullopt;
    return std::pair(height, outChannels);
}

/// The side behind a convolution of this stride.
int halved(int side, int stride) {
    return (side - 1) / stride + 1;
}

} // namespace

void refuseTable(const std::string& file, const std::string& reason) {
    throw Error("read", "latency table " + file, reason,
                "It should be the YAML of the once-for-all project: keys such as "
                "expanded_conv-input:112x112x24-output:..., each with {count, mean, std} in milliseconds");
}

void LookupTable::add(const std::string& key, double mean) {
    milliseconds_[key] = mean;
    if (const auto first = firstConvolution(key)) {
        if (resolution_ != 0)
            refuseTable(name_, "it holds more than one first convolution");
        std::tie(resolution_, stem_) = *first;
    }
}

void LookupTable::requireStem() const {
    if (resolution_ == 0)
        refuseTable(name_, "it holds no first convolution (Conv-input:RxRx3-output:...)");
}

LookupTable LookupTable::read(const std::filesystem::path& file) {
    LookupTable table;
    table.name_ = file.string();
    for (const auto& [key, mean] : meansOfTable(readFile(file, largestFile), table.name_))
        table.add(key, mean);
    table.requireStem();
    return table;
}

LookupTable LookupTable::fromJson(const Json& json) {
    LookupTable table;
    table.name_ = "in the workspace";
    if (!json.is_object() || !json.contains("file") || !json["file"].is_string() || !json.contains("means") ||
        !json["means"].is_object())
        refuseTable(table.name_, "it has no file or no means");
    table.name_ = json["file"].get<std::string>();
    for (const auto& [key, mean] : json["means"].items()) {
        if (!mean.is_number() || !(mean.get<double>() > 0))
            refuseTable(table.name_, "the mean of '" + key + "' is " + mean.dump() + ", not above 0");
        table.add(key, mean.get<double>());
    }
    table.requireStem();
    return table;
}

Json LookupTable::toJson() const {
    return {{"file", name_}, {"means", milliseconds_}};
}

Seconds LookupTable::of(const std::string& key) const {
    const auto found = milliseconds_.find(key);
    if (found == milliseconds_.end())
        throw Error("use", "latency table " + name_, "it does not hold '" + key + "'",
                    "Measure that part too, or take a table of the same search space");
    return Seconds(found->second / 1000);
}

BlockTimes::BlockTimes(std::span<const LookupTable> tables, const arch::MbconvSpace& space) : space_(space) {
    const arch::MbconvParameters& p = space.parameters();
    for (const LookupTable& table : tables) {
        int side = halved(table.resolution(), p.stemStride);
        int channels = p.stem;
        Seconds rest = table.of(
            keyOf("Conv", shapeText(table.resolution(), p.input.channels), shapeText(side, channels)));
        std::vector<std::vector<Seconds>> blocks;
        for (const arch::MbconvStage& stage : p.stages)
            for (int place = 0; place < stage.depths.back(); ++place) {
                const int stride = place == 0 ? stage.stride : 1;
                const int width = stage.widths.back();
                const int out = halved(side, stride);
                std::vector<Seconds>& choices = blocks.emplace_back();
                for (const int kernel : stage.kernels)
                    for (const int expansion : stage.expansions)
                        choices.push_back(table.of(
                            keyOf("expanded_conv", shapeText(side, channels), shapeText(out, width)) +
                            "-expand:" + std::to_string(channels * expansion) +
                            "-kernel:" + std::to_string(kernel) + "-stride:" + std::to_string(stride) +
                            "-idskip:" + (stride == 1 && channels == width ? "1" : "0") +
                            "-se:" + (stage.squeeze ? "1" : "0") +
                            "-hs:" + (stage.activation == arch::Op::HardSwish ? "1" : "0")));
                side = out;
                channels = width;
            }
        const std::string pooled = shapeText(1, p.head);
        rest += table.of(keyOf("Conv_1", shapeText(side, channels), shapeText(side, p.head)));
        rest += table.of(keyOf("AvgPool2D", shapeText(side, p.head), pooled));
        rest += table.of(keyOf("Conv_2", pooled, shapeText(1, p.features)));
        rest += table.of(keyOf("Logits", shapeText(1, p.features), std::to_string(p.classes)));
        rest_.push_back(rest);
        blocks_.push_back(std::move(blocks));
    }
    const Seconds slowest = latency(space.largest());
    constexpr Seconds least(1e-4);
    constexpr Seconds most(100);
    if (slowest < least || slowest > most)
        throw Error("use", "latency table " + tables.back().name(),
                    "the slowest network would take " + numberText(slowest.value * 1000) + " ms",
                    "Its means are probably not in milliseconds");
}

Seconds BlockTimes::latency(const Genotype& genotype) const {
    const auto& stages = space_.parameters().stages;
    const auto gene = space_.resolutionGene();
    const std::size_t resolution = gene ? static_cast<std::size_t>(genotype[*gene]) : 0;
    Seconds sum = rest_[resolution];
    std::size_t first = 0;
    for (std::size_t s = 0; s < stages.size(); ++s) {
        const arch::MbconvStage& stage = stages[s];
        const auto depth =
            static_cast<std::size_t>(stage.depths[static_cast<std::size_t>(genotype[space_.depthGene(s)])]);
        for (std::size_t place = 0; place < depth; ++place) {
            const auto kernel = static_cast<std::size_t>(genotype[space_.kernelGene(s, place)]);
            const auto expansion = static_cast<std::size_t>(genotype[space_.expansionGene(s, place)]);
            sum += blocks_[resolution][first + place][kernel * stage.expansions.size() + expansion];
        }
        first += static_cast<std::size_t>(stage.depths.back());
    }
    return sum;
}

} // namespace greenfront::device
