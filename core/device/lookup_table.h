// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/mbconv_space.h"
#include "core/base/units.h"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace greenfront::device {

/// Latencies of the parts of MobileNetV3 on some device at one resolution, in the YAML that the once-for-all
/// project publishes: "<kind>-input:HxWxC-output:HxWxC[-expand:<inner channels>-kernel:k-stride:s-idskip:0|1-
/// se:0|1-hs:0|1]": {count, mean, std}, milliseconds. Kinds: Conv, expanded_conv, Conv_1, AvgPool2D, Conv_2,
/// Logits.
class LookupTable {
public:
    /// Throws Error naming the file and what is wrong: not YAML, no number, not above 0, no first
    /// convolution.
    static LookupTable read(const std::filesystem::path& file);
    /// {"file", "means": {key: milliseconds}}, as toJson() writes it; checked as a file is.
    static LookupTable fromJson(const Json& json);
    Json toJson() const;

    int resolution() const { return resolution_; }
    int stem() const { return stem_; } ///< channels behind the first convolution
    /// Throws Error naming the file and the key that it does not hold.
    Seconds of(const std::string& key) const;
    const std::string& name() const { return name_; }

private:
    void add(const std::string& key, double mean);
    void requireStem() const;

    std::string name_;
    std::map<std::string, double, std::less<>> milliseconds_;
    int resolution_ = 0, stem_ = 0;
};

/// The keys that a network's parts have in such a table, in their order. Parts that the tables do not know
/// get keys that none holds.
std::vector<std::string> publishedKeys(const arch::Network& network);

/// What the tables say of every network of a space, split by what a network chooses: a network's latency is
/// the sum of its blocks' and of the rest.
class BlockTimes {
public:
    /// One table a resolution of the space, in its order. Throws Error where a table lacks a block, or where
    /// the slowest network is out of all proportion (below 0.1 ms or above 100 s: another unit than ms).
    BlockTimes(std::span<const LookupTable> tables, const arch::MbconvSpace& space);

    /// Of a canonical genotype.
    Seconds latency(const Genotype& genotype) const;

private:
    const arch::MbconvSpace& space_;
    std::vector<Seconds> rest_;                             ///< [resolution]
    std::vector<std::vector<std::vector<Seconds>>> blocks_; ///< [resolution][stage and place][choice]
};

} // namespace greenfront::device
