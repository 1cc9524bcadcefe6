// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/data/table.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/data/csv_rows.h"
#include "core/data/limits.h"
#include "core/data/table_column.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace greenfront::data {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t mostColumns = 10'000;
constexpr std::size_t mostFeatures = 4096;

std::string lower(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return text;
}

/// Reads a table twice: first to see what its columns hold, then for the values. Memory is taken for what is
/// there once all of it was seen.
class TableReader {
public:
    TableReader(const fs::path& file, std::string label, Control* control)
        : file_(file), wanted_(std::move(label)), control_(control) {}

    Loaded read() {
        forRows([this](const CsvRow& row, std::size_t line) { look(row, line); });
        finishLook();
        Loaded loaded{.kind = "table",
                      .classes = labels_.classes(),
                      .shape = {static_cast<int>(features_), 1, 1},
                      .train = {},
                      .validation = {},
                      .test = {},
                      .augmentation = {},
                      .table = describe()};
        std::vector<float> values;
        values.reserve(rows_ * features_);
        loaded.train.labels.reserve(rows_);
        forRows([&](const CsvRow& row, std::size_t line) {
            if (loaded.train.labels.size() >= rows_)
                changed();
            append(row, line, values, *loaded.table);
            loaded.train.labels.push_back(
                labels_.labelOf(trimmed(row[label_]), {file_, line, columns_[label_].name()}));
        });
        if (loaded.train.labels.size() != rows_)
            changed();
        loaded.train.values = std::move(values);
        return loaded;
    }

private:
    [[noreturn]] void refuse(const std::string& reason, const std::string& advice) const {
        throw Error("read", file_.string(), reason, advice);
    }
    [[noreturn]] void changed() const { refuse("it changed while it was read", "Try again"); }

    /// All records but the one that names the columns.
    template <class Body>
    void forRows(const Body& body) {
        CsvRows rows(file_);
        bool first = true;
        std::size_t count = 0;
        while (const auto row = rows.next()) {
            if (control_ && ++count % 256 == 0)
                control_->checkpoint();
            if (first && columns_.empty())
                nameColumns(*row);
            if (!std::exchange(first, false) || !hasHeader_)
                body(checked(*row, rows.line()), rows.line());
        }
        if (first)
            refuse("there is no row in it", "Check that this is the file you meant");
    }

    const CsvRow& checked(const CsvRow& row, std::size_t line) const {
        if (row.size() != columns_.size())
            refuse("line " + std::to_string(line) + " has " + std::to_string(row.size()) +
                       " columns instead of " + std::to_string(columns_.size()),
                   "Every line needs the same number of columns; quote cells that hold the separator");
        return row;
    }

    void nameColumns(const CsvRow& first) {
        if (first.size() < 2)
            refuse("it has one column alone", "A table has columns for features and one for the class, "
                                              "separated by commas, semicolons or tabs");
        if (first.size() > mostColumns)
            refuse("it has more than " + std::to_string(mostColumns) + " columns", "Leave some out");
        const std::string none;
        hasHeader_ = std::ranges::none_of(first, [&](const std::string& cell) {
            return numberIn(trimmed(cell), {file_, 1, none}).has_value();
        });
        std::set<std::string> names;
        for (std::size_t i = 0; i < first.size(); ++i) {
            const std::string given = hasHeader_ ? tidyText(trimmed(first[i])) : std::string();
            const std::string name = given.empty() ? "column" + std::to_string(i + 1) : given;
            if (name.size() > 256)
                refuse("the name of its column " + std::to_string(i + 1) + " is too long", "Shorten it");
            if (!names.insert(name).second)
                refuse("two of its columns are named '" + name + "'", "Rename one of them");
            columns_.emplace_back(name);
        }
        chooseLabel();
    }

    void chooseLabel() {
        const auto named = [&](const auto& matches) {
            return static_cast<std::size_t>(std::ranges::find_if(columns_, matches, &TableColumn::name) -
                                            columns_.begin());
        };
        if (!wanted_.empty()) {
            label_ = named([&](const std::string& name) { return name == wanted_; });
            if (label_ < columns_.size())
                return;
            std::vector<std::string> some;
            for (std::size_t i = 0; i < std::min<std::size_t>(columns_.size(), 20); ++i)
                some.push_back(columns_[i].name());
            refuse("it has no column '" + wanted_ + "'",
                   "Its columns are " + join(some, ", ") + (some.size() < columns_.size() ? ", ..." : ""));
        }
        for (const char* usual : {"label", "class", "target"}) {
            label_ = named([&](const std::string& name) { return lower(name) == usual; });
            if (label_ < columns_.size())
                return;
        }
        label_ = columns_.size() - 1;
    }

    void look(const CsvRow& row, std::size_t line) {
        ++rows_;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const CellPlace place{file_, line, columns_[i].name()};
            if (i == label_)
                labels_.look(trimmed(row[i]), place);
            else
                columns_[i].look(trimmed(row[i]), place);
        }
    }

    void finishLook() {
        if (rows_ == 0)
            refuse("there is no row below its first line", "Check that this is the file you meant");
        labels_.finish({file_, 0, columns_[label_].name()});
        for (std::size_t i = 0; i < columns_.size(); ++i)
            features_ += i == label_ ? 0 : columns_[i].width();
        if (features_ == 0)
            refuse("none of its columns but that of the classes has a value", "Add columns with features");
        if (features_ > mostFeatures)
            refuse("its columns become " + std::to_string(features_) + " features, above the " +
                       std::to_string(mostFeatures) + " that there may be",
                   "Leave out columns, or texts that are rare");
        if (rows_ > mostBytes / sizeof(float) / features_)
            refuse("its " + std::to_string(rows_) + " rows of " + std::to_string(features_) +
                       " features would take more than 2 GiB of memory",
                   "Take fewer rows");
    }

    Table describe() const {
        Table table;
        table.label = columns_[label_].name();
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            if (i == label_)
                continue;
            if (columns_[i].isEmpty())
                table.leftOut.push_back(columns_[i].name());
            else
                for (std::string& name : columns_[i].features())
                    table.features.push_back(std::move(name));
        }
        return table;
    }

    void append(const CsvRow& row, std::size_t line, std::vector<float>& values, Table& table) const {
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i == label_ || columns_[i].isEmpty())
                continue;
            const bool missing =
                columns_[i].append(trimmed(row[i]), {file_, line, columns_[i].name()}, values);
            (columns_[i].isNumeric() ? table.missingNumbers : table.missingCategories) += missing ? 1 : 0;
        }
    }

    const fs::path& file_;
    std::string wanted_;
    Control* control_;
    bool hasHeader_ = false;
    std::vector<TableColumn> columns_; ///< the label's too, which stays empty
    LabelColumn labels_;
    std::size_t label_ = 0;
    std::size_t rows_ = 0;
    std::size_t features_ = 0;
};

} // namespace

bool isTableName(const fs::path& file) {
    const std::string name = lower(file.filename().string());
    return std::ranges::any_of(std::array{".csv", ".tsv", ".csv.gz", ".tsv.gz"},
                               [&](const char* ending) { return name.ends_with(ending); });
}

Loaded readTable(const fs::path& file, const std::string& label, Control* control) {
    return TableReader(file, label, control).read();
}

void imputeMissing(std::array<Samples, 3>& parts, Table& table) {
    const std::size_t features = table.features.size();
    const auto& train = std::get<std::vector<float>>(parts[0].values);
    for (std::size_t f = 0; f < features; ++f) {
        std::vector<float> known;
        for (std::size_t i = f; i < train.size(); i += features)
            if (!std::isnan(train[i]))
                known.push_back(train[i]);
        const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
        if (middle != known.end())
            std::nth_element(known.begin(), middle, known.end());
        table.medians.push_back(middle != known.end() ? *middle : 0.0F);
    }
    for (Samples& part : parts) {
        auto& values = std::get<std::vector<float>>(part.values);
        for (std::size_t i = 0; i < values.size(); ++i)
            if (std::isnan(values[i]))
                values[i] = table.medians[i % features];
    }
}

} // namespace greenfront::data
