// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/network.h"

namespace greenfront::arch {

// What the JSON documents of several kinds of spaces have in common. All throw Error, "Cannot make search
// space: ...".

[[noreturn]] void refuseSpace(const std::string& reason,
                              const std::string& advice = "Edit \"space\" in the study");

/// "input": [channels, height, width]
Shape inputFrom(const Json& json);
Json asJson(const Shape& shape);
/// "activation": "relu" or "hard_swish"; relu if it is not there.
Op activationFrom(const Json& json);

/// Up to 16 ascending numbers within the limits.
void requireChoices(const std::string& what, const std::vector<int>& values, int least, int most);
/// None, or heights and widths up to those of the square input.
void requireResolutions(const std::vector<int>& resolutions, const Shape& input);

/// What `read` makes of a document; what JSON's reader throws about it becomes an Error.
template <class Read>
auto readingSpace(const Read& read) {
    try {
        return read();
    } catch (const Json::exception& error) {
        refuseSpace(error.what(), "Start from the space that 'greenfront-cli study new' writes");
    }
}

} // namespace greenfront::arch
