// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/space_fields.h"

#include "core/arch/search_space.h"
#include "core/base/error.h"
#include "ui/models/texts.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace greenfront::ui {
namespace {

struct Known {
    const char *key, *title, *help;
};
/// In the order in which forms show them.
constexpr std::array<Known, 12> known{
    {{"resolutions", "Resolutions", "Heights and widths of the input, up to the data's; empty: that alone"},
     {"stem", "Stem", "Channels of the first convolution"},
     {"stem_stride", "Stem stride", "Of the first convolution: 2 halves the image"},
     {"depths", "Depths", "How many blocks the stage may have"},
     {"widths", "Widths", "Channels that the stage may have"},
     {"kernels", "Kernels", "Sides of the depthwise convolution, chosen a block; odd"},
     {"expansions", "Expansions", "Inner channels as a multiple of the block's input, chosen a block"},
     {"stride", "Stride", "Of the stage's first block: 2 halves the image"},
     {"squeeze", "Squeeze", "Squeeze and excite: channels weighted by the image's mean"},
     {"head", "Head", "Channels of the last convolution"},
     {"features", "Features", "Of a linear layer before the classifier; 0: none"},
     {"activation", "Activation", "What follows each convolution"}}};

/// Told by the data or edited elsewhere.
constexpr std::array<std::string_view, 4> notEdited{"kind", "input", "classes", "stages"};

std::size_t placeOf(const std::string& key) {
    return static_cast<std::size_t>(std::ranges::find(known, std::string_view(key), &Known::key) -
                                    known.begin());
}

std::optional<FieldKind> kindOf(const Json& value) {
    if (value.is_boolean())
        return FieldKind::Flag;
    if (value.is_number())
        return FieldKind::Number;
    if (value.is_string())
        return FieldKind::Choice;
    if (value.is_array() &&
        std::all_of(value.begin(), value.end(), [](const Json& each) { return each.is_number(); }))
        return FieldKind::Numbers;
    return std::nullopt;
}

std::vector<std::string> choicesOf(const std::string& key, const std::string& value) {
    std::vector<std::string> choices;
    if (key == "activation")
        choices = {std::string(toText(arch::Op::Relu)), std::string(toText(arch::Op::HardSwish))};
    if (std::ranges::find(choices, value) == choices.end())
        choices.push_back(value);
    return choices;
}

std::vector<SpaceField> fieldsOf(const Json& object) {
    std::vector<SpaceField> fields;
    for (const auto& [key, value] : object.items()) {
        const auto kind = kindOf(value);
        if (!kind || std::ranges::find(notEdited, key) != notEdited.end())
            continue;
        SpaceField field{.key = key, .kind = *kind, .title = {}, .help = {}};
        const std::size_t place = placeOf(key);
        field.title = place < known.size() ? QString::fromUtf8(known.at(place).title)
                                           : capitalised(qt(key).replace(QLatin1Char('_'), QLatin1Char(' ')));
        field.help = place < known.size() ? QString::fromUtf8(known.at(place).help) : QString();
        if (*kind == FieldKind::Choice)
            field.choices = choicesOf(key, value.get<std::string>());
        fields.push_back(std::move(field));
    }
    std::ranges::stable_sort(fields, {}, [](const SpaceField& field) { return placeOf(field.key); });
    return fields;
}

Json numberFrom(const QString& text) {
    bool isNumber = false;
    if (const qlonglong whole = text.toLongLong(&isNumber); isNumber)
        return whole;
    if (const double real = text.toDouble(&isNumber); isNumber)
        return real;
    return {};
}

/// Why the space cannot be made; empty where it can.
QString refusalOf(const Json& space) {
    try {
        arch::makeSpace(space);
        return {};
    } catch (const Error& error) {
        return capitalised(qt(error.parts().reason)) + QLatin1Char('.');
    } catch (const std::exception& error) {
        return QString::fromUtf8(error.what());
    }
}

/// Of a field that stands at `pointer` in the space and in `trial`, a space that can be made.
QString fieldProblem(const SpaceField& field, const Json* value, const std::string& pointer, Json trial) {
    if (value == nullptr)
        return {}; // optional, or told by what is said of the whole
    if (value->is_string() && field.kind == FieldKind::Numbers)
        return QStringLiteral("“%1” is not a list of numbers such as 3, 5, 7.").arg(fieldText(*value));
    if (value->is_string() && field.kind == FieldKind::Number)
        return QStringLiteral("“%1” is not a number.").arg(fieldText(*value));
    trial[Json::json_pointer(pointer)] = *value;
    return refusalOf(trial);
}

const Json* memberOf(const Json& object, const std::string& key) {
    return object.is_object() && object.contains(key) ? &object.at(key) : nullptr;
}

Json withOneStage(const Json& proposal) {
    Json one = proposal;
    one["stages"] = Json::array({proposal.at("stages").at(0)});
    return one;
}

bool isFlat(const Json& value) {
    return std::none_of(value.begin(), value.end(), [](const Json& each) { return each.is_structured(); });
}

/// Indented, but what holds nothing structured in one line.
void append(QString& text, const Json& value, int indent) {
    if (!value.is_structured() || value.empty()) {
        text += qt(value.dump());
        return;
    }
    const bool flat = isFlat(value);
    const QString line =
        flat ? QStringLiteral(" ") : QLatin1Char('\n') + QString(indent + 2, QLatin1Char(' '));
    const bool brackets = value.is_array();
    text += brackets ? QLatin1Char('[') : QLatin1Char('{');
    bool first = true;
    const auto next = [&] {
        if (!first)
            text += QLatin1Char(',');
        if (!first || !flat)
            text += line;
        first = false;
    };
    if (brackets)
        for (const Json& each : value) {
            next();
            append(text, each, indent + 2);
        }
    else
        for (const auto& [key, each] : value.items()) {
            next();
            text += qt(Json(key).dump()) + QStringLiteral(": ");
            append(text, each, indent + 2);
        }
    if (!flat)
        text += QLatin1Char('\n') + QString(indent, QLatin1Char(' '));
    text += brackets ? QLatin1Char(']') : QLatin1Char('}');
}

} // namespace

std::vector<SpaceField> spaceFields(const Json& proposal) {
    return fieldsOf(proposal);
}

std::vector<SpaceField> stageFields(const Json& proposal) {
    const Json* stages = memberOf(proposal, "stages");
    if (stages == nullptr || !stages->is_array() || stages->empty() || !stages->front().is_object())
        return {};
    return fieldsOf(stages->front());
}

QString fieldText(const Json& value) {
    if (value.is_string())
        return qt(value.get<std::string>());
    if (!value.is_array())
        return qt(value.dump());
    QStringList texts;
    for (const Json& each : value)
        texts << fieldText(each);
    return texts.join(QStringLiteral(", "));
}

Json fieldValue(FieldKind kind, const QString& text) {
    if (kind == FieldKind::Flag)
        return text == QLatin1String("true");
    if (kind == FieldKind::Choice)
        return text.toStdString();
    if (kind == FieldKind::Number) {
        Json number = numberFrom(text.trimmed());
        return number.is_null() ? Json(text.toStdString()) : number;
    }
    static const QRegularExpression separator(QStringLiteral("\\s*,\\s*|\\s+"));
    Json numbers = Json::array();
    if (text.trimmed().isEmpty())
        return numbers;
    for (const QString& part : text.trimmed().split(separator)) {
        Json number = numberFrom(part);
        if (number.is_null())
            return text.toStdString();
        numbers.push_back(std::move(number));
    }
    return numbers;
}

std::string pointerTo(const std::string& key) {
    return "/" + key;
}
std::string pointerTo(std::size_t stage, const std::string& key) {
    return "/stages/" + std::to_string(stage) + "/" + key;
}

std::map<std::string, QString> fieldProblems(const Json& space, const Json& proposal) {
    std::map<std::string, QString> problems;
    const auto note = [&](const std::string& pointer, const QString& problem) {
        if (!problem.isEmpty())
            problems[pointer] = problem;
    };
    for (const SpaceField& field : spaceFields(proposal))
        note(pointerTo(field.key),
             fieldProblem(field, memberOf(space, field.key), pointerTo(field.key), proposal));
    const Json* stages = memberOf(space, "stages");
    const auto fields = stageFields(proposal);
    if (fields.empty() || stages == nullptr || !stages->is_array())
        return problems;
    const Json trial = withOneStage(proposal);
    if (!refusalOf(trial).isEmpty())
        return problems; // such a space needs all of its stages
    constexpr std::size_t most = 64;
    for (std::size_t stage = 0; stage < std::min(stages->size(), most); ++stage)
        for (const SpaceField& field : fields)
            note(pointerTo(stage, field.key),
                 fieldProblem(field, memberOf(stages->at(stage), field.key), pointerTo(0, field.key), trial));
    return problems;
}

QString problemLine(const std::pair<const std::string, QString>& problem, const Json& proposal) {
    const auto& [pointer, text] = problem;
    for (const SpaceField& field : spaceFields(proposal))
        if (pointerTo(field.key) == pointer)
            return QStringLiteral("%1: %2").arg(field.title, text);
    const QStringList parts = qt(pointer).split(QLatin1Char('/')); // "", "stages", its index, the key
    for (const SpaceField& field : stageFields(proposal))
        if (parts.size() == 4 && qt(field.key) == parts.at(3))
            return QStringLiteral("Stage %1, %2: %3").arg(parts.at(2).toInt() + 1).arg(field.title, text);
    return text;
}

QString spaceText(const Json& space) {
    if (!space.is_object())
        return qt(space.dump(2));
    // Members in the order of their own, which a Json object does not keep.
    std::vector<std::string> keys;
    for (const auto& [key, value] : space.items())
        keys.push_back(key);
    std::ranges::stable_sort(keys, {}, [&](const std::string& key) {
        return key == "kind" ? 0 : isFlat(space.at(key)) ? 1 : 2;
    });
    QString text = QStringLiteral("{");
    for (const std::string& key : keys) {
        text += (key == keys.front() ? QStringLiteral("\n  ") : QStringLiteral(",\n  ")) +
                qt(Json(key).dump()) + QStringLiteral(": ");
        append(text, space.at(key), 2);
    }
    return text + QStringLiteral("\n}\n");
}

} // namespace greenfront::ui
