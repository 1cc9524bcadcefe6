// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstddef>
#include <memory>

namespace greenfront::nn {

/// Floats whose memory is kept for the next use, so that a training step takes none. Not initialised.
class Buffer {
public:
    float* sized(std::size_t count) {
        if (count > capacity_) {
            values_ = std::make_unique_for_overwrite<float[]>(count); // NOLINT(modernize-avoid-c-arrays)
            capacity_ = count;
        }
        return values_.get();
    }
    float* data() { return values_.get(); }
    const float* data() const { return values_.get(); }

private:
    std::unique_ptr<float[]> values_; // NOLINT(modernize-avoid-c-arrays): a vector would be filled
    std::size_t capacity_ = 0;
};

} // namespace greenfront::nn
