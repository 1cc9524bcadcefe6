// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

namespace greenfront::ui {

/// A file in the user's documents that does not exist yet, named after the data.
QString suggestedWorkspace(const QString& data);
/// Adds the ending unless it is there.
QString withEnding(const QString& path, const QString& ending);

} // namespace greenfront::ui
