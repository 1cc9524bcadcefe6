// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/variance_tree.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <span>

namespace greenfront::search {
namespace {

constexpr std::size_t leastInLeaf = 2;

/// The part of a parameter's axis that a box covers: an interval, or some of the values of a category.
struct Extent {
    double low = 0, high = 1;
    std::vector<bool> cells{}; ///< of a category

    double size() const {
        if (cells.empty())
            return high - low;
        return static_cast<double>(std::ranges::count(cells, true)) / static_cast<double>(cells.size());
    }
};

struct Split {
    std::size_t parameter = 0;
    double score = 0;           ///< by how much the sum of squares falls
    double threshold = 0;       ///< of an interval
    std::vector<bool> toLeft{}; ///< of a category, by value
};

struct Moments {
    double count = 0, sum = 0;

    void add(double value) {
        ++count;
        sum += value;
    }
    double mean() const { return sum / count; }
    double score() const { return count > 0 ? sum * sum / count : 0; }
};

/// A parameter's means: of each value of a category, or as a step function that is given by its jumps.
struct Marginal {
    struct Jump {
        double place, by;
    };
    std::vector<double> cells{};
    std::vector<Jump> jumps{};

    /// density: a leaf's value times its volume across the axis.
    void add(const Extent& extent, double density) {
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            if (extent.cells[cell])
                cells[cell] += density;
        if (cells.empty()) {
            jumps.push_back({extent.low, density});
            jumps.push_back({extent.high, -density});
        }
    }

    double variance(double mean) {
        double sum = 0;
        for (const double value : cells)
            sum += (value - mean) * (value - mean) / static_cast<double>(cells.size());
        std::ranges::sort(jumps, {}, &Jump::place);
        double height = 0;
        double from = 0;
        for (const Jump& jump : jumps) {
            sum += (height - mean) * (height - mean) * (jump.place - from);
            height += jump.by;
            from = jump.place;
        }
        return sum;
    }
};

/// A regression tree of which only the leaves' boxes count.
class Tree {
public:
    Tree(const ParameterSpace& space, const TreeSamples& samples) : space_(space), samples_(samples) {
        for (std::size_t i = 0; i < space.size(); ++i)
            box_.push_back({.cells = std::vector<bool>(categories(i), true)});
        std::vector<std::size_t> all(samples.values.size());
        std::iota(all.begin(), all.end(), std::size_t(0));
        grow(all);
    }

    /// Each parameter's part of the variance; empty where the tree is flat.
    std::vector<double> shares() const {
        double mean = 0;
        for (const Leaf& leaf : leaves_)
            mean += leaf.volume * leaf.value;
        double variance = 0;
        for (const Leaf& leaf : leaves_)
            variance += leaf.volume * (leaf.value - mean) * (leaf.value - mean);
        if (variance <= 0)
            return {};
        std::vector<double> parts;
        parts.reserve(space_.size());
        for (std::size_t i = 0; i < space_.size(); ++i) {
            Marginal marginal{.cells = std::vector<double>(categories(i))};
            for (const Leaf& leaf : leaves_)
                marginal.add(leaf.box[i], leaf.value * leaf.volume / leaf.box[i].size());
            parts.push_back(std::min(marginal.variance(mean) / variance, 1.0));
        }
        return parts;
    }

private:
    struct Leaf {
        std::vector<Extent> box;
        double volume, value;
    };

    std::size_t categories(std::size_t parameter) const {
        return space_.isCategorical(parameter) ? space_[parameter].values.size() : 0;
    }

    void grow(std::span<std::size_t> samples) {
        const auto split = bestSplit(samples);
        if (!split) {
            addLeaf(samples);
            return;
        }
        const auto isLeft = [&](std::size_t sample) {
            const double place = samples_.place(sample, split->parameter);
            return split->toLeft.empty() ? place < split->threshold
                                         : split->toLeft[static_cast<std::size_t>(place)];
        };
        const auto middle = std::partition(samples.begin(), samples.end(), isLeft);
        const auto left = static_cast<std::size_t>(middle - samples.begin());
        const Extent whole = box_[split->parameter];
        narrow(*split, true);
        grow(samples.first(left));
        box_[split->parameter] = whole;
        narrow(*split, false);
        grow(samples.subspan(left));
        box_[split->parameter] = whole;
    }

    void narrow(const Split& split, bool left) {
        Extent& extent = box_[split.parameter];
        if (split.toLeft.empty())
            (left ? extent.high : extent.low) = split.threshold;
        for (std::size_t cell = 0; cell < extent.cells.size(); ++cell)
            extent.cells[cell] = extent.cells[cell] && split.toLeft[cell] == left;
    }

    void addLeaf(std::span<const std::size_t> samples) {
        Leaf leaf{.box = box_, .volume = 1, .value = momentsOf(samples).mean()};
        for (const Extent& extent : box_)
            leaf.volume *= extent.size();
        leaves_.push_back(std::move(leaf));
    }

    Moments momentsOf(std::span<const std::size_t> samples) const {
        Moments all;
        for (const std::size_t sample : samples)
            all.add(samples_.values[sample]);
        return all;
    }

    std::optional<Split> bestSplit(std::span<std::size_t> samples) const {
        if (samples.size() < 2 * leastInLeaf)
            return std::nullopt;
        const Moments all = momentsOf(samples);
        double squares = 0;
        for (const std::size_t sample : samples)
            squares += samples_.values[sample] * samples_.values[sample];
        // What is left by rounding is no difference.
        Split best{.score = squares * 1e-12};
        for (std::size_t i = 0; i < space_.size(); ++i)
            categories(i) > 0 ? splitCategory(samples, all, i, best) : splitInterval(samples, all, i, best);
        return best.score > squares * 1e-12 ? std::optional(std::move(best)) : std::nullopt;
    }

    static double gain(const Moments& left, const Moments& all) {
        const Moments right{all.count - left.count, all.sum - left.sum};
        if (std::min(left.count, right.count) < static_cast<double>(leastInLeaf))
            return 0;
        return left.score() + right.score() - all.score();
    }

    void splitInterval(std::span<std::size_t> samples, const Moments& all, std::size_t parameter,
                       Split& best) const {
        std::ranges::sort(samples, {}, [&](std::size_t sample) { return samples_.place(sample, parameter); });
        Moments left;
        for (std::size_t i = 0; i + 1 < samples.size(); ++i) {
            left.add(samples_.values[samples[i]]);
            const double place = samples_.place(samples[i], parameter);
            const double next = samples_.place(samples[i + 1], parameter);
            const double score = gain(left, all);
            if (next > place && score > best.score)
                best = {.parameter = parameter, .score = score, .threshold = (place + next) / 2};
        }
    }

    /// The best of all ways to part the values lies along the order of their means (Fisher 1958). A value
    /// that was not tried goes where more of the others go.
    void splitCategory(std::span<const std::size_t> samples, const Moments& all, std::size_t parameter,
                       Split& best) const {
        std::vector<Moments> cells(categories(parameter));
        for (const std::size_t sample : samples)
            cells[static_cast<std::size_t>(samples_.place(sample, parameter))].add(samples_.values[sample]);
        std::vector<std::size_t> order;
        order.reserve(cells.size());
        for (std::size_t cell = 0; cell < cells.size(); ++cell)
            if (cells[cell].count > 0)
                order.push_back(cell);
        std::ranges::sort(order, {}, [&](std::size_t cell) { return cells[cell].mean(); });
        Moments left;
        for (std::size_t i = 0; i + 1 < order.size(); ++i) {
            left.count += cells[order[i]].count;
            left.sum += cells[order[i]].sum;
            const double score = gain(left, all);
            if (score <= best.score)
                continue;
            best = {.parameter = parameter,
                    .score = score,
                    .toLeft = std::vector<bool>(cells.size(), left.count * 2 > all.count)};
            for (std::size_t k = 0; k < order.size(); ++k)
                best.toLeft[order[k]] = k <= i;
        }
    }

    const ParameterSpace& space_;
    const TreeSamples& samples_;
    std::vector<Extent> box_;
    std::vector<Leaf> leaves_;
};

} // namespace

std::vector<double> varianceShares(const ParameterSpace& space, const TreeSamples& samples) {
    return Tree(space, samples).shares();
}

} // namespace greenfront::search
