// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::formats {

/// A finite number, with a decimal point (or one comma, if it has nothing else to tell thousands by); nothing
/// if the cell is none.
std::optional<double> cellNumber(std::string_view cell);

/// The cells of a table's column as the values of a parameter: whole numbers where all of them are and none
/// is written with decimals (which pandas does to whole numbers in a column with gaps), else numbers where
/// all of them are, truth values, or texts.
class TrialColumn {
public:
    explicit TrialColumn(std::string name) : name_(std::move(name)) {}

    void add(std::string_view cell);
    /// Of the cell with this number, in the order in which they were added; null where it is missing.
    Json value(std::size_t index) const;
    /// As search::spaceParameterFromJson reads it, with what was seen as its bounds, or its values in the
    /// order in which they came. Throws Error for more than 10,000 texts, naming the subject.
    Json spaceEntry(const std::string& subject) const;

private:
    enum class Kind { Whole, Number, Truth, Text };
    Kind kind() const;

    std::string name_;
    std::vector<std::string> cells_;
    bool gaps_ = false, numbers_ = true, wholes_ = true, decimals_ = false, truths_ = true;
};

} // namespace greenfront::formats
