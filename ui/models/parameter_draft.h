// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <QString>

#include <string>
#include <vector>

namespace greenfront::ui {

/// A parameter of a search as it stands in a form: texts, some of them half typed.
struct ParameterDraft {
    QString name{};
    QString type = QStringLiteral("float");           ///< of search::parameterSchema(), as the next one
    QString distribution = QStringLiteral("uniform"); ///< of a float or integer
    QString low{}, high{};                            ///< of a normal distribution its mean and deviation
    QString step{};                                   ///< "0.5", or "round 0.5" for a multiple of it
    QString values{};                                 ///< "16, 32" or "adam, sgd"
    QString when{};                                   ///< "optimiser = sgd, adam; layers >= 2"

    bool operator==(const ParameterDraft&) const = default;
};

/// Has it a list of values, rather than a distribution?
bool isList(const ParameterDraft& parameter);
/// Has it a mean and a deviation, rather than bounds?
bool isNormal(const ParameterDraft& parameter);
/// Something that it needs is empty.
bool isIncomplete(const ParameterDraft& parameter);

/// As search::spaceParameterFromJson() reads it. Throws Error for a text that is no number or no condition.
Json parameterJson(const ParameterDraft& parameter);
/// Of an entry of search::ParameterSpace::toJson().
ParameterDraft parameterDraft(const Json& entry);

/// "16, 0.5, true, sgd, \"a, b\"": what is no number, truth value or null is a text; quotation marks are
/// needed around a comma, and around a text that reads like something else.
std::vector<Json> valuesFrom(const QString& text);
QString valuesText(const std::vector<Json>& values);

} // namespace greenfront::ui
