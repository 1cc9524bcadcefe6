// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/space_check.h"

#include "core/base/error.h"
#include "ui/models/space_fields.h"
#include "ui/models/texts.h"

#include <exception>
#include <utility>

namespace greenfront::ui {
namespace {

QString sizeText(const Shape& input) {
    return QStringLiteral("%1 × %2 × %3").arg(input.channels).arg(input.height).arg(input.width);
}

QString sentence(const std::string& text) {
    return text.empty() ? QString() : capitalised(qt(text)) + QLatin1Char('.');
}

std::vector<std::vector<Cell>> choicesOf(const arch::SearchSpace& space) {
    std::vector<std::vector<Cell>> rows;
    rows.reserve(space.genes().size());
    for (const arch::Gene& gene : space.genes())
        rows.push_back({{.text = qt(gene.name), .sort = {}, .help = {}},
                        {.text = fieldText(gene.values), .sort = {}, .help = {}},
                        {.text = QString::number(gene.values.size()), .sort = {}, .help = {}}});
    return rows;
}

QString misfitOf(const arch::Network& network, const SpaceTarget& target) {
    if (network.input() == target.input && network.classes() == target.classes)
        return {};
    return QStringLiteral("It is made for an input of %1 and %2 classes; the data has %3 and %4.")
        .arg(sizeText(network.input()))
        .arg(network.classes())
        .arg(sizeText(target.input))
        .arg(target.classes);
}

/// A member that the space does not read: a slip of the pen would pass unnoticed. Empty where there is none.
QString strangerIn(const Json& json, const Json& canonical) {
    for (const auto& [key, value] : json.items()) {
        if (!canonical.contains(key))
            return qt(key);
        const Json& other = canonical.at(key);
        if (!value.is_array() || !other.is_array() || value.size() != other.size())
            continue;
        for (std::size_t i = 0; i < value.size(); ++i)
            if (value[i].is_object() && other[i].is_object())
                if (QString stranger = strangerIn(value[i], other[i]); !stranger.isEmpty())
                    return stranger;
    }
    return {};
}

SpaceFact factOf(const QString& title, const arch::NetworkSummary* network) {
    const QString help = QStringLiteral("Parameters, multiply-accumulates, the largest sum of live "
                                        "activations in fp32, and the input, for one sample");
    if (network == nullptr)
        return {title, QStringLiteral("–"), {}, help};
    const arch::Costs& costs = network->costs;
    return {title, QStringLiteral("%1 parameters").arg(qt(shortCount(costs.parameters))),
            QStringLiteral("%1 MACs  ·  %2 of activations\nInput %3")
                .arg(qt(shortCount(costs.macs)), qt(toText(costs.peakMemory)), sizeText(network->input)),
            help};
}

} // namespace

SpaceTarget targetOf(const Json& space) {
    const auto made = arch::makeSpace(space);
    const arch::Network largest = made->decode(made->largest());
    return {.input = largest.input(), .classes = largest.classes()};
}

SpaceCheck checkSpace(const Json& json, const SpaceTarget& target) {
    SpaceCheck check;
    try {
        const auto space = arch::makeSpace(json);
        const arch::Network largest = space->decode(space->largest());
        arch::validate(largest);
        check.problem = misfitOf(largest, target);
        if (!check.problem.isEmpty()) {
            check.advice = QStringLiteral("Set \"input\" and \"classes\" to the data's in the JSON.");
            return check;
        }
        if (QString stranger = strangerIn(json, space->toJson()); !stranger.isEmpty()) {
            check.problem = QStringLiteral("“%1” is nothing that a space of this kind has.").arg(stranger);
            return check;
        }
        check.summary = arch::summaryOf(*space);
        check.choices = choicesOf(*space);
    } catch (const Error& error) {
        check.problem = sentence(error.parts().reason);
        check.advice = sentence(error.parts().advice);
    } catch (const std::exception& error) {
        check.problem = sentence(error.what());
    }
    return check;
}

std::vector<Column> choiceColumns() {
    return {
        {.title = QStringLiteral("Choice"), .help = QStringLiteral("What a network of the space chooses")},
        {.title = QStringLiteral("From"), .help = {}},
        {.title = QStringLiteral("Values"), .help = {}, .number = true}};
}

std::vector<SpaceFact> spaceFacts(const std::optional<arch::SpaceSummary>& summary) {
    SpaceFact networks{QStringLiteral("Networks"),
                       QStringLiteral("–"),
                       {},
                       QStringLiteral("How many different networks the space has")};
    if (summary) {
        networks.value = qt(arch::networksText(summary->networks));
        networks.detail = QStringLiteral("different networks of kind %1").arg(qt(summary->kind));
    }
    return {networks, factOf(QStringLiteral("Smallest"), summary ? &summary->smallest : nullptr),
            factOf(QStringLiteral("Largest"), summary ? &summary->largest : nullptr)};
}

QString spaceLine(const arch::SpaceSummary& summary) {
    const auto range = [](double least, double most) {
        return QStringLiteral("%1 to %2").arg(qt(shortCount(least)), qt(shortCount(most)));
    };
    const arch::Costs& smallest = summary.smallest.costs;
    const arch::Costs& largest = summary.largest.costs;
    return QStringLiteral("%1 networks  ·  %2 parameters  ·  %3 MACs")
        .arg(qt(arch::networksText(summary.networks)), range(smallest.parameters, largest.parameters),
             range(smallest.macs, largest.macs));
}

} // namespace greenfront::ui
