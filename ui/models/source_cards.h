// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/energy/sources.h"

#include <QString>

#include <vector>

namespace greenfront::ui {

/// A source of joules in words.
struct SourceCard {
    energy::SourceState state = energy::SourceState::Used;
    QString title, stateText;
    QString about;   ///< what it counts and how sure it is; empty where it cannot be read
    QString reason;  ///< why it is not used; empty where it is
    QString command; ///< that makes it usable; empty where none is known
};
std::vector<SourceCard> sourceCards(const std::vector<energy::Source>& sources);

/// "2 sources are used, 1 cannot be read."
QString sourcesSummary(const std::vector<energy::Source>& sources);

} // namespace greenfront::ui
