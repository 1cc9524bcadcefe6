// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/arch/summary.h"
#include "ui/models/table_model.h"

#include <QString>

#include <optional>
#include <vector>

namespace greenfront::ui {

/// What a space has to fit.
struct SpaceTarget {
    Shape input;
    int classes = 0;
};
/// Of a space that can be made.
SpaceTarget targetOf(const Json& space);

/// What becomes of a space's JSON.
struct SpaceCheck {
    std::optional<arch::SpaceSummary> summary; ///< nothing where it is no space for the target
    QString problem, advice;                   ///< why
    std::vector<std::vector<Cell>> choices;    ///< rows of choiceColumns()
};
/// Milliseconds, also for the largest space that there can be.
SpaceCheck checkSpace(const Json& space, const SpaceTarget& target);

std::vector<Column> choiceColumns();

/// A number of the space, as cards show it.
struct SpaceFact {
    QString title, value, detail, help;
};
/// Networks, smallest, largest; dashes without a summary.
std::vector<SpaceFact> spaceFacts(const std::optional<arch::SpaceSummary>& summary);
/// The same in one line.
QString spaceLine(const arch::SpaceSummary& summary);

} // namespace greenfront::ui
