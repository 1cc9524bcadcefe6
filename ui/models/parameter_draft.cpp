// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/parameter_draft.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "ui/models/texts.h"

#include <QStringList>

#include <array>
#include <utility>

namespace greenfront::ui {
namespace {

const QString roundWord = QStringLiteral("round");

std::string about(const ParameterDraft& parameter) {
    return "the parameter '" + parameter.name.trimmed().toStdString() + "'";
}

double number(const ParameterDraft& parameter, const QString& text, const char* field) {
    if (const auto value = numberIn(text.toStdString()))
        return *value;
    throw Error("use", about(parameter),
                std::string(field) + " is no number: '" + text.trimmed().toStdString() + "'",
                "Write it with a point, as 0.001");
}

/// Cuts at a character that stands in no quotation marks.
QStringList cut(const QString& text, QChar at) {
    QStringList parts{QString()};
    bool quoted = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (quoted && text[i] == QLatin1Char('\\') && i + 1 < text.size())
            parts.back() += text[i++];
        else if (text[i] == QLatin1Char('"'))
            quoted = !quoted;
        else if (!quoted && text[i] == at) {
            parts << QString();
            continue;
        }
        parts.back() += text[i];
    }
    return parts;
}

Json valueFrom(const QString& text) {
    const std::string plain = text.toStdString();
    Json value = Json::parse(plain, nullptr, false);
    if (value.is_primitive() && !value.is_discarded())
        return value;
    if (const auto lenient = numberIn(plain)) // ".5"
        return *lenient;
    return plain;
}

QString valueText(const Json& value) {
    if (!value.is_string())
        return qt(value.is_number_float() ? numberText(value.get<double>()) : value.dump());
    const QString text = qt(value.get<std::string>());
    const bool plain = !text.isEmpty() && text == text.trimmed() && !text.contains(QLatin1Char(',')) &&
                       !text.contains(QLatin1Char(';')) && !text.contains(QLatin1Char('"')) &&
                       valueFrom(text).is_string();
    return plain ? text : qt(value.dump(-1, ' ', false, Json::error_handler_t::replace));
}

[[noreturn]] void refuseCondition(const ParameterDraft& parameter, const QString& clause) {
    throw Error("use", about(parameter), "'" + clause.toStdString() + "' is no condition",
                "Write 'optimiser = sgd, adam' or 'layers >= 2', with a semicolon between two of them");
}

/// One of "a = 1, 2", "a >= 1" and "a <= 1".
void addCondition(const ParameterDraft& parameter, const QString& clause, Json& when) {
    const auto at = clause.indexOf(QLatin1Char('='));
    if (at <= 0)
        refuseCondition(parameter, clause);
    const QChar before = clause[at - 1];
    const bool isBound = before == QLatin1Char('<') || before == QLatin1Char('>');
    const std::string parent = clause.left(isBound ? at - 1 : at).trimmed().toStdString();
    const QString right = clause.mid(at + 1).trimmed();
    if (parent.empty() || right.isEmpty())
        refuseCondition(parameter, clause);
    if (!isBound) {
        when[parent] = valuesFrom(right);
        return;
    }
    const auto bound = numberIn(right.toStdString());
    if (!bound || (when.contains(parent) && when.at(parent).is_array()))
        refuseCondition(parameter, clause);
    when[parent][before == QLatin1Char('<') ? "maximum" : "minimum"] = *bound;
}

Json conditionsFrom(const ParameterDraft& parameter) {
    QString text = parameter.when;
    text.replace(QStringLiteral("≤"), QStringLiteral("<="))
        .replace(QStringLiteral("≥"), QStringLiteral(">="));
    Json when = Json::object();
    for (const QString& clause : cut(text, QLatin1Char(';')))
        if (const QString plain = clause.trimmed(); !plain.isEmpty())
            addCondition(parameter, plain, when);
    return when;
}

QString conditionsText(const Json& when) {
    QStringList clauses;
    for (const auto& [parent, condition] : when.items()) {
        const QString name = qt(parent);
        if (condition.is_array())
            clauses << name + QStringLiteral(" = ") + valuesText(condition.get<std::vector<Json>>());
        for (const auto& [key, sign] : {std::pair{"minimum", " >= "}, {"maximum", " <= "}})
            if (condition.is_object() && condition.contains(key))
                clauses << name + QString::fromUtf8(sign) + valueText(condition.at(key));
    }
    return clauses.join(QStringLiteral("; "));
}

void putNumbers(const ParameterDraft& parameter, Json& entry) {
    entry["distribution"] = parameter.distribution.toStdString();
    const bool normal = isNormal(parameter);
    if (!parameter.low.trimmed().isEmpty())
        entry[normal ? "mean" : "low"] =
            number(parameter, parameter.low, normal ? "its mean" : "its lower bound");
    if (!parameter.high.trimmed().isEmpty())
        entry[normal ? "deviation" : "high"] =
            number(parameter, parameter.high, normal ? "its deviation" : "its upper bound");
    QString step = parameter.step.trimmed();
    if (step.isEmpty())
        return;
    const bool rounds = step.startsWith(roundWord);
    if (rounds)
        step.remove(0, roundWord.size());
    entry[rounds ? "quantum" : "step"] = number(parameter, step, "its step");
}

QString textAt(const Json& entry, const char* key) {
    return entry.contains(key) ? valueText(entry.at(key)) : QString();
}

} // namespace

bool isList(const ParameterDraft& parameter) {
    return parameter.type == QLatin1String("categorical") || parameter.type == QLatin1String("ordinal");
}

bool isNormal(const ParameterDraft& parameter) {
    return !isList(parameter) && parameter.distribution.endsWith(QLatin1String("normal"));
}

bool isIncomplete(const ParameterDraft& parameter) {
    if (parameter.name.trimmed().isEmpty())
        return true;
    if (isList(parameter))
        return parameter.values.trimmed().isEmpty();
    return parameter.low.trimmed().isEmpty() || parameter.high.trimmed().isEmpty();
}

Json parameterJson(const ParameterDraft& parameter) {
    Json entry{{"name", parameter.name.trimmed().toStdString()}, {"type", parameter.type.toStdString()}};
    if (isList(parameter))
        entry["values"] = valuesFrom(parameter.values);
    else
        putNumbers(parameter, entry);
    if (Json when = conditionsFrom(parameter); !when.empty())
        entry["when"] = std::move(when);
    return entry;
}

ParameterDraft parameterDraft(const Json& entry) {
    ParameterDraft parameter{.name = qt(entry.at("name").get<std::string>()),
                             .type = qt(entry.at("type").get<std::string>())};
    if (entry.contains("distribution"))
        parameter.distribution = qt(entry.at("distribution").get<std::string>());
    const bool normal = isNormal(parameter);
    parameter.low = textAt(entry, normal ? "mean" : "low");
    parameter.high = textAt(entry, normal ? "deviation" : "high");
    parameter.step = textAt(entry, "step");
    if (entry.contains("quantum"))
        parameter.step = roundWord + QLatin1Char(' ') + textAt(entry, "quantum");
    if (entry.contains("values"))
        parameter.values = valuesText(entry.at("values").get<std::vector<Json>>());
    if (entry.contains("when"))
        parameter.when = conditionsText(entry.at("when"));
    return parameter;
}

std::vector<Json> valuesFrom(const QString& text) {
    std::vector<Json> values;
    for (const QString& part : cut(text, QLatin1Char(',')))
        if (const QString plain = part.trimmed(); !plain.isEmpty())
            values.push_back(valueFrom(plain));
    return values;
}

QString valuesText(const std::vector<Json>& values) {
    QStringList texts;
    for (const Json& value : values)
        texts << valueText(value);
    return texts.join(QStringLiteral(", "));
}

} // namespace greenfront::ui
