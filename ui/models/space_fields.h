// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"
#include "core/base/shape.h"

#include <QString>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace greenfront::ui {

enum class FieldKind { Number, Numbers, Flag, Choice };

/// One member of a space's JSON that a form can edit.
struct SpaceField {
    std::string key;
    FieldKind kind = FieldKind::Number;
    QString title, help;
    std::vector<std::string> choices{}; ///< Choice only
};
/// What the form edits of a space, told from how the proposal of its kind is written, whatever the kind.
std::vector<SpaceField> spaceFields(const Json& proposal);
/// The same for each of its "stages"; empty where it has none.
std::vector<SpaceField> stageFields(const Json& proposal);

/// [3, 5, 7] reads "3, 5, 7".
QString fieldText(const Json& value);
/// "3, 5, 7" or "3 5 7". What is no such text stays text, so that a document can hold what is half typed.
Json fieldValue(FieldKind kind, const QString& text);

/// Where a field stands in the document: a JSON pointer.
std::string pointerTo(const std::string& key);
std::string pointerTo(std::size_t stage, const std::string& key);
/// Why single fields cannot be what they are, by pointer: each is tried alone in the proposal.
std::map<std::string, QString> fieldProblems(const Json& space, const Json& proposal);

/// "Stage 2, Kernels: A kernel is even."
QString problemLine(const std::pair<const std::string, QString>& problem, const Json& proposal);

/// As a person would write it: the kind first, the stages last, lists of numbers in one line.
QString spaceText(const Json& space);

} // namespace greenfront::ui
