// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <utility>

namespace greenfront {

/// The standard 64-bit Mersenne Twister with distributions of our own: the standard library's
/// distributions give other numbers on other systems, and a seed must mean the same everywhere.
class Rng {
public:
    explicit Rng(std::uint64_t seed) : engine_(seed) {}
    /// An independent stream for one part of the work, so that parts can be repeated on their own.
    Rng(std::uint64_t seed, std::uint64_t stream);

    double uniform();                        ///< [0, 1)
    double uniform(double low, double high); ///< [low, high)
    std::size_t below(std::size_t limit);    ///< 0..limit-1; limit > 0
    bool chance(double probability) { return uniform() < probability; }
    double normal(); ///< mean 0, variance 1 (Box-Muller)

    template <class T>
    void shuffle(std::span<T> items) {
        for (std::size_t i = items.size(); i > 1; --i)
            std::swap(items[i - 1], items[below(i)]);
    }

private:
    std::mt19937_64 engine_;
};

} // namespace greenfront
