// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>

namespace greenfront::search {

enum class Distribution { Uniform, Log, Normal, LogNormal };

/// The standard normal distribution function and its inverse (0 < share < 1), to double precision.
double normalShare(double z);
double normalQuantile(double share);

/// How the values of one parameter lie on [0, 1]: by their distribution function, so that a value that is
/// drawn twice as often takes twice the room. A value of a parameter with steps takes an interval.
class Scale {
public:
    /// `count` values 0, 1, ... that are equally likely.
    static Scale ofIndices(std::size_t count);
    /// Values from low to high, equally likely (or their logarithms); with a step only low, low + step, ...
    static Scale between(double low, double high, double step, bool logarithmic);
    /// The same, where what was drawn is then rounded to a multiple of the quantum.
    static Scale roundedBetween(double low, double high, double quantum, bool logarithmic);
    /// Normal, or with a normal logarithm; rounded to a multiple of the quantum unless it is 0.
    static Scale around(double mean, double deviation, double quantum, bool logarithmic);

    double value(double unit) const;
    double unit(double value) const; ///< the middle of its interval
    double width(double value) const;
    /// 0 where there is no end of them.
    std::size_t cells() const;
    double valueOfCell(std::size_t cell) const;
    bool contains(double value) const;

private:
    Scale() = default;
    double rounded(double value) const;
    double share(double value) const;

    Distribution distribution_ = Distribution::Uniform;
    double a_ = 0, b_ = 1;         ///< bounds, or mean and deviation, of the value or its logarithm
    double step_ = 0, origin_ = 0; ///< values are origin + k * step
    double first_ = 0, last_ = 1;  ///< of the values
    double decimals_ = 0;          ///< a power of ten; 0 where values need not be tidied
};

} // namespace greenfront::search
