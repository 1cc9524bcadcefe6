// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/shape.h"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace greenfront::data {

/// The search chooses on Validation and never sees Test.
enum class Part { Train, Validation, Test };
std::string_view toText(Part part);

/// Samples of one part, NCHW, as the file has them: 8-bit pixels, or numbers where the file holds numbers.
struct Samples {
    std::variant<std::vector<std::uint8_t>, std::vector<float>> values;
    std::vector<int> labels;
};

/// Per channel, in the file's own units: x' = (x - mean) / deviation. From the training part alone.
struct Normalisation {
    std::vector<float> mean;
    std::vector<float> deviation;
};

/// What training may do to a sample without changing its class.
struct Augmentation {
    int shift = 0;       ///< pixels, each way
    bool flip = false;   ///< mirror left-right
    double rotation = 0; ///< degrees, each way
    double scale = 0;    ///< relative, each way: 0.1 is 90..110 %
    int crop = 0;        ///< zero padding before a random crop of the original size, pixels
};

/// How a table of numbers was read. A feature is a channel.
struct Table {
    std::string label;                 ///< the column with the classes
    std::vector<std::string> features; ///< "age", or "colour=red", which is 1 where the colour is red, else 0
    std::vector<float> medians;        ///< of the training part's features: what missing numbers became
    std::size_t missingNumbers = 0;
    std::size_t missingCategories = 0; ///< cells; all features of such a category are 0
    std::vector<std::string> leftOut;  ///< columns without a single value
};

struct Info {         // NOLINT(bugprone-exception-escape): Json checks itself while it is moved
    std::string name; ///< for a person: "usps"
    std::string kind; ///< "builtin", "usps", "idx", "cifar", "images", "table"
    std::vector<std::string> classes; ///< names, in the order of the labels
    Shape shape;
    std::array<std::size_t, 3> samples{}; ///< by Part
    std::string hash;                     ///< SHA-256 of shape, split, labels and values
    Json source;                          ///< what open() needs to find it again
    std::optional<Table> table;
};

/// Immutable; freely shared between threads.
class Dataset {
public:
    Dataset(Info info, std::array<Samples, 3> parts, Augmentation augmentation);

    const Info& info() const { return info_; }
    const Normalisation& normalisation() const { return normalisation_; }
    /// A sensible default for this kind of data.
    const Augmentation& augmentation() const { return augmentation_; }
    std::size_t size(Part part) const;
    std::span<const int> labels(Part part) const;
    /// Copies samples in the file's own units: out holds indices.size() x shape.size() floats, NCHW.
    void copyRaw(Part part, std::span<const std::size_t> indices, std::span<float> out) const;
    /// The same, normalised.
    void copyNormalised(Part part, std::span<const std::size_t> indices, std::span<float> out) const;

private:
    Info info_;
    std::array<Samples, 3> parts_;
    Normalisation normalisation_;
    Augmentation augmentation_;
};

} // namespace greenfront::data
