// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/split.h"

#include "core/base/error.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>

namespace greenfront::data {
namespace {

struct Shares {
    double validation = 0; ///< of what is left after the test part
    double test = 0;
};

void checkShare(double share, const char* which) {
    if (!(share > 0.0 && share < 1.0))
        throw Error("split", "the data",
                    std::string("the share of the ") + which + " part is not between 0 and 1",
                    "Choose something like 0.15");
}

/// How many of `available` to take away so that at least one stays, and at least one goes where it can.
std::size_t taken(std::size_t available, double share) {
    if (available < 2 || share <= 0)
        return 0;
    const auto wanted = static_cast<std::size_t>(std::llround(static_cast<double>(available) * share));
    return std::clamp<std::size_t>(wanted, 1, available - 1);
}

/// The part of every sample. A class is shuffled on its own, so the share is the same in each.
std::vector<Part> assignParts(const std::vector<int>& labels, std::size_t classes, Shares shares,
                              std::uint64_t seed) {
    std::vector<std::vector<std::size_t>> byClass(classes);
    for (std::size_t i = 0; i < labels.size(); ++i)
        byClass[static_cast<std::size_t>(labels[i])].push_back(i);
    std::vector<Part> parts(labels.size(), Part::Train);
    for (std::size_t label = 0; label < classes; ++label) {
        std::vector<std::size_t>& members = byClass[label];
        Rng(seed, label).shuffle(std::span(members));
        const std::size_t test = taken(members.size(), shares.test);
        const std::size_t validation = taken(members.size() - test, shares.validation);
        for (std::size_t i = 0; i < test + validation; ++i)
            parts[members[i]] = i < test ? Part::Test : Part::Validation;
    }
    return parts;
}

template <class T>
std::array<Samples, 3> distribute(const std::vector<T>& values, const std::vector<int>& labels,
                                  const std::vector<Part>& partOf, std::size_t length) {
    std::array<Samples, 3> result;
    std::array<std::size_t, 3> counts{};
    for (const Part part : partOf)
        ++counts[static_cast<std::size_t>(part)];
    std::array<std::vector<T>, 3> divided;
    for (std::size_t p = 0; p < 3; ++p) {
        divided[p].reserve(counts[p] * length);
        result[p].labels.reserve(counts[p]);
    }
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const auto p = static_cast<std::size_t>(partOf[i]);
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(i * length);
        divided[p].insert(divided[p].end(), from, from + static_cast<std::ptrdiff_t>(length));
        result[p].labels.push_back(labels[i]);
    }
    for (std::size_t p = 0; p < 3; ++p)
        result[p].values = std::move(divided[p]);
    return result;
}

void checkParts(const std::array<Samples, 3>& parts, const std::string& subject) {
    for (const Part part : {Part::Train, Part::Validation, Part::Test})
        if (parts[static_cast<std::size_t>(part)].labels.empty())
            throw Error("use", subject,
                        "there are too few samples: its " + std::string(toText(part)) +
                            " part would be empty",
                        "Add samples; every class needs at least three");
    const std::vector<int>& labels = parts[0].labels;
    if (std::ranges::all_of(labels, [&](int label) { return label == labels.front(); }))
        throw Error("use", subject, "all its training samples are of one class",
                    "Add samples of at least one more class");
}

} // namespace

std::array<Samples, 3> split(Loaded&& loaded, const OpenOptions& options, const std::string& subject) {
    checkShare(options.validationShare, "validation");
    checkShare(options.testShare, "test");
    Loaded source = std::move(loaded);
    const Shares shares{.validation = source.validation ? 0 : options.validationShare,
                        .test = source.test ? 0 : options.testShare};
    const auto partOf = assignParts(source.train.labels, source.classes.size(), shares, options.splitSeed);
    auto parts = std::visit(
        [&](const auto& values) {
            return distribute(values, source.train.labels, partOf, source.shape.size());
        },
        source.train.values);
    if (source.validation)
        parts[static_cast<std::size_t>(Part::Validation)] = std::move(*source.validation);
    if (source.test)
        parts[static_cast<std::size_t>(Part::Test)] = std::move(*source.test);
    checkParts(parts, subject);
    return parts;
}

} // namespace greenfront::data
