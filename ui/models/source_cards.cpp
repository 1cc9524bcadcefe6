// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/source_cards.h"

#include "core/base/text.h"
#include "ui/models/carbon_rows.h"
#include "ui/models/texts.h"

#include <QStringList>

#include <algorithm>

namespace greenfront::ui {
namespace {

using energy::Source;
using energy::SourceState;

QString stateText(SourceState state) {
    switch (state) {
    case SourceState::Used:
        return QStringLiteral("✓ Used");
    case SourceState::Overlapping:
        return QStringLiteral("= Counted by another");
    case SourceState::Unusable:
        return QStringLiteral("✗ Cannot be read");
    case SourceState::Absent:
        break;
    }
    return QStringLiteral("– Not on this machine");
}

QString sentence(const std::string& text) {
    const QString words = capitalised(qt(text));
    return words.isEmpty() || words.endsWith(QLatin1Char('.')) ? words : words + QLatin1Char('.');
}

QString aboutOf(const Source& source) {
    if (source.method.empty())
        return {};
    return QStringLiteral("%1  ·  %2  ·  ±%3 %\n%4")
        .arg(capitalised(qt(std::string(toText(source.part)))), provenanceText(source.provenance),
             qt(numberText(source.uncertainty * 100)), sentence(source.method));
}

SourceCard cardOf(const Source& source) {
    QString reason = qt(source.reason);
    if (!source.command.empty()) // it has a line of its own
        reason = reason.chopped(qt(source.command).size()).trimmed();
    else
        reason = sentence(source.reason);
    return {.state = source.state,
            .title = qt(source.name),
            .stateText = stateText(source.state),
            .about = aboutOf(source),
            .reason = reason,
            .command = qt(source.command)};
}

QString countText(std::size_t count, const QString& one, const QString& several) {
    return count == 1 ? one : several.arg(count);
}

} // namespace

std::vector<SourceCard> sourceCards(const std::vector<Source>& sources) {
    std::vector<SourceCard> cards;
    cards.reserve(sources.size());
    for (const Source& source : sources)
        cards.push_back(cardOf(source));
    return cards;
}

QString sourcesSummary(const std::vector<Source>& sources) {
    const auto in = [&](SourceState state) {
        return static_cast<std::size_t>(std::ranges::count(sources, state, &Source::state));
    };
    const bool measured = std::ranges::any_of(sources, [](const Source& source) {
        return source.state == SourceState::Used && source.provenance == Provenance::Measured;
    });
    QStringList parts{countText(in(SourceState::Used), QStringLiteral("1 source is used"),
                                QStringLiteral("%1 sources are used"))};
    if (const std::size_t broken = in(SourceState::Unusable); broken > 0)
        parts << countText(broken, QStringLiteral("1 cannot be read"), QStringLiteral("%1 cannot be read"));
    return parts.join(QStringLiteral(", ")) +
           (measured ? QStringLiteral(".")
                     : QStringLiteral(". None of them measures: the joules of this machine are estimated."));
}

} // namespace greenfront::ui
