// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::data {

/// Where a cell stands, for the errors.
struct CellPlace {
    const std::filesystem::path& file;
    std::size_t line;
    const std::string& column;
};

[[noreturn]] void refuseCell(const CellPlace& place, std::string_view cell, const std::string& reason,
                             const std::string& advice);

bool isMissing(std::string_view cell);
/// Nothing if it is no number; throws Error for one that is infinite or beyond single precision.
std::optional<double> numberIn(std::string_view cell, const CellPlace& place);
/// On one line, in UTF-8 (what is not is taken as Latin-1), without control characters.
std::string tidyText(std::string_view cell);

/// What a first look at all of a column's cells finds.
class TableColumn {
public:
    explicit TableColumn(std::string name) : name_(std::move(name)) {}

    const std::string& name() const { return name_; }
    /// Throws Error if it has texts, and more different ones than are taken as features.
    void look(std::string_view cell, const CellPlace& place);

    bool isEmpty() const { return texts_.empty(); }
    /// How many features it becomes.
    std::size_t width() const { return numeric_ && !isEmpty() ? 1 : texts_.size(); }
    bool isNumeric() const { return numeric_; }
    std::vector<std::string> features() const;
    /// Appends the features' values; says whether the cell is missing.
    bool append(std::string_view cell, const CellPlace& place, std::vector<float>& values) const;

private:
    std::string name_;
    bool numeric_ = true;
    bool many_ = false;           ///< more different cells than are kept
    std::set<std::string> texts_; ///< different cells
};

/// The column with the classes.
class LabelColumn {
public:
    void look(std::string_view cell, const CellPlace& place);
    /// Numbers in their order, texts in that of the alphabet. Throws Error if there is one alone.
    void finish(const CellPlace& column);

    const std::vector<std::string>& classes() const { return classes_; }
    int labelOf(std::string_view cell, const CellPlace& place) const;

private:
    static std::string textOf(std::string_view cell, const CellPlace& place);

    std::set<std::string> texts_;
    bool numeric_ = true;
    std::vector<std::string> classes_;
    std::map<std::string, int> labels_;
};

} // namespace greenfront::data
