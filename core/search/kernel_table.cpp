// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/search/kernel_table.h"

#include "core/base/simd.h"
#include "core/search/scale.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace greenfront::search {
namespace {

constexpr std::size_t block = 256; ///< kernels at a time: with 24 points they fit the first cache
constexpr double firstWidth = 0.2; ///< of the range, for one observation
constexpr float flat = -1;

using Block = std::array<float, block>;

/// exp of what is not above 0, to a few units in the seventh digit, in a form that compilers vectorise: 2^n
/// times a polynomial.
GREENFRONT_INLINE float quickExp(float x) {
    const float scaled = std::max(x, -87.0F) * 1.44269504F;
    const auto whole = static_cast<float>(static_cast<std::int32_t>(scaled - 0.5F));
    const float part = (scaled - whole) * 0.69314718F;
    const float series =
        1 + part * (1 + part * (0.5F + part * (0.16666667F +
                                               part * (0.041666668F +
                                                       part * (0.0083333338F + part * 0.0013888889F)))));
    return series * std::bit_cast<float>((static_cast<std::int32_t>(whole) + 127) << 23);
}

GREENFRONT_SIMD void addNumber(float* sums, const float* place, const float* scale, float at,
                               std::size_t count) {
    for (std::size_t k = 0; k < count; ++k) {
        const float distance = (at - place[k]) * scale[k];
        sums[k] -= distance * distance;
    }
}

GREENFRONT_SIMD void addNorm(float* sums, const float* norm, std::size_t count) {
    for (std::size_t k = 0; k < count; ++k)
        sums[k] += norm[k];
}

GREENFRONT_SIMD void addCategory(float* sums, const float* place, const float* other, float at, float same,
                                 std::size_t count) {
    for (std::size_t k = 0; k < count; ++k)
        sums[k] += place[k] == at ? same : other[k];
}

/// Sum of weight exp(sum - largest), in lanes so that the order of adding is the same on each processor. What
/// has no weight may be larger than the largest, and is cut off before it overflows.
GREENFRONT_SIMD float weightedExp(const float* sums, const float* weights, float largest, std::size_t count) {
    std::array<float, 16> lanes{};
    std::size_t k = 0;
    for (; k + lanes.size() <= count; k += lanes.size())
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            lanes[lane] += weights[k + lane] * quickExp(std::min(sums[k + lane] - largest, 0.0F));
    for (; k < count; ++k)
        lanes[0] += weights[k] * quickExp(std::min(sums[k] - largest, 0.0F));
    float total = 0;
    for (const float lane : lanes)
        total += lane;
    return total;
}

GREENFRONT_SIMD float largestOf(const float* sums, const float* weights, std::size_t count) {
    std::array<float, 16> lanes{};
    lanes.fill(-1e30F);
    std::size_t k = 0;
    for (; k + lanes.size() <= count; k += lanes.size())
        for (std::size_t lane = 0; lane < lanes.size(); ++lane)
            lanes[lane] =
                weights[k + lane] > 0 && sums[k + lane] > lanes[lane] ? sums[k + lane] : lanes[lane];
    for (; k < count; ++k)
        if (weights[k] > 0)
            lanes[0] = std::max(lanes[0], sums[k]);
    return *std::ranges::max_element(lanes);
}

/// log of a sum that grows block by block, whatever the size of its terms.
class LogSum {
public:
    void add(double logFactor, double sum) {
        if (logFactor > factor_) {
            sum_ *= std::exp(factor_ - logFactor);
            factor_ = logFactor;
        }
        sum_ += sum * std::exp(logFactor - factor_);
    }
    double value() const { return factor_ + std::log(std::max(sum_, 1e-300)); }

private:
    double factor_ = -1e30, sum_ = 0;
};

/// log of the factor of a normal density that is cut off outside [0, 1].
double logFactor(double place, double width) {
    const double inside = normalShare((1 - place) / width) - normalShare(-place / width);
    return -std::log(width * std::sqrt(2 * std::numbers::pi) * inside);
}

} // namespace

struct KernelTable::Target {
    std::vector<float> at; ///< NaN where inactive
    LogSum sum;
};

KernelTable::KernelTable(const ParameterSpace& space) : space_(&space), columns_(space.size()) {
    for (std::size_t i = 0; i < space.size(); ++i) {
        Column& column = columns_[i];
        column.categorical = space.isCategorical(i);
        column.conditional = space.isConditional(i);
        column.place.push_back(column.categorical ? flat : 0.5F);
        column.room.push_back(column.categorical ? flat : 1.0F);
        column.scale.push_back(0);
        if (column.conditional)
            column.norm.push_back(0);
    }
    base_.push_back(0);
    adapt(1);
}

void KernelTable::append(const Assignment& assignment) {
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Column& column = columns_[i];
        const double value = assignment.values[i];
        const bool inactive = std::isnan(value);
        const double place = inactive ? flat : column.categorical ? value : space_->unitOf(i, value);
        const double room = inactive ? flat : column.categorical ? 0 : space_->widthOf(i, value) / 2;
        column.place.push_back(static_cast<float>(place));
        column.room.push_back(static_cast<float>(room));
        column.scale.push_back(0);
        if (column.conditional)
            column.norm.push_back(0);
    }
    base_.push_back(0);
    compute(size() - 1);
}

void KernelTable::truncate(std::size_t size) {
    for (Column& column : columns_) {
        column.place.resize(size);
        column.scale.resize(size);
        column.room.resize(size);
        if (column.conditional)
            column.norm.resize(size);
    }
    base_.resize(size);
}

void KernelTable::adapt(std::size_t observations) {
    // Steps of an eighth of a doubling: with 10 parameters a step changes a bandwidth by 0.6 %.
    const int level = static_cast<int>(
        std::floor(8 * std::log2(static_cast<double>(std::max<std::size_t>(observations, 1)))));
    if (level == level_)
        return;
    level_ = level;
    observations_ = std::exp2(level / 8.0);
    const auto dimensions = static_cast<double>(columns_.size());
    width_ = std::max(firstWidth * std::pow(observations_, -1 / (dimensions + 4)),
                      1 / std::min(100.0, observations_ + 1));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (!columns_[i].categorical)
            continue;
        const auto choices = static_cast<double>(space_->cells(i));
        columns_[i].logSame =
            static_cast<float>(std::log((observations_ + 2) / (observations_ + 1 + choices)));
    }
    for (std::size_t kernel = 0; kernel < size(); ++kernel)
        compute(kernel);
}

double KernelTable::bandwidth(const Column& column, std::size_t kernel) const {
    return std::max(width_, static_cast<double>(column.room[kernel]));
}

/// Of each category that is not the kernel's: counts of one, and a prior of one spread over all kernels and
/// categories.
double KernelTable::otherShare(std::size_t parameter, std::size_t kernel) const {
    const auto choices = static_cast<double>(space_->cells(parameter));
    return columns_[parameter].place[kernel] == flat ? 1 / choices : 1 / (observations_ + 1 + choices);
}

void KernelTable::compute(std::size_t kernel) {
    double base = 0;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Column& column = columns_[i];
        if (column.categorical) {
            column.scale[kernel] = static_cast<float>(std::log(otherShare(i, kernel)));
            continue;
        }
        double norm = 0;
        double scale = 0;
        if (column.room[kernel] != flat) {
            const double width = bandwidth(column, kernel);
            norm = logFactor(column.place[kernel], width);
            scale = 1 / (width * std::numbers::sqrt2);
        }
        column.scale[kernel] = static_cast<float>(scale);
        if (column.conditional)
            column.norm[kernel] = static_cast<float>(norm);
        else
            base += norm;
    }
    base_[kernel] = static_cast<float>(base);
}

std::vector<KernelTable::Target> KernelTable::targets(std::span<const Assignment> points) const {
    std::vector<Target> result(points.size());
    for (std::size_t p = 0; p < points.size(); ++p)
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const double value = points[p].values[i];
            const bool plain = columns_[i].categorical || std::isnan(value);
            result[p].at.push_back(static_cast<float>(plain ? value : space_->unitOf(i, value)));
        }
    return result;
}

std::vector<double> KernelTable::logDensities(std::span<const Assignment> points,
                                              std::span<const float> weights) const {
    std::vector<Target> all = targets(points);
    Block sums{};
    for (std::size_t start = 0; start < size(); start += block) {
        const std::size_t count = std::min(block, size() - start);
        for (Target& target : all) {
            std::copy_n(base_.begin() + static_cast<std::ptrdiff_t>(start), count, sums.begin());
            for (std::size_t i = 0; i < columns_.size(); ++i) {
                const Column& column = columns_[i];
                const float at = target.at[i];
                if (std::isnan(at))
                    continue;
                const float* place = column.place.data() + start;
                const float* scale = column.scale.data() + start;
                if (column.categorical)
                    addCategory(sums.data(), place, scale, at, column.logSame, count);
                else
                    addNumber(sums.data(), place, scale, at, count);
                if (!column.categorical && column.conditional)
                    addNorm(sums.data(), column.norm.data() + start, count);
            }
            const float largest = largestOf(sums.data(), weights.data() + start, count);
            target.sum.add(largest, weightedExp(sums.data(), weights.data() + start, largest, count));
        }
    }
    std::vector<double> result;
    result.reserve(all.size());
    for (const Target& target : all)
        result.push_back(target.sum.value());
    return result;
}

Assignment KernelTable::draw(std::size_t kernel, Rng& rng) const {
    Assignment assignment{std::vector<double>(columns_.size(), std::nan(""))};
    for (const std::size_t i : space_->order()) {
        if (!space_->isActive(i, assignment))
            continue;
        const Column& column = columns_[i];
        double& value = assignment.values[i];
        if (column.room[kernel] == flat) {
            value = space_->valueAt(i, rng.uniform());
        } else if (column.categorical) {
            const double others = otherShare(i, kernel) * static_cast<double>(space_->cells(i));
            value =
                rng.chance(others) ? static_cast<double>(rng.below(space_->cells(i))) : column.place[kernel];
        } else {
            const double width = bandwidth(column, kernel);
            double unit = -1;
            while (!(unit >= 0 && unit <= 1)) // at least a third of the draws lie inside
                unit = column.place[kernel] + width * rng.normal();
            value = space_->valueAt(i, unit);
        }
    }
    return assignment;
}

} // namespace greenfront::search
