// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/idle_texts.h"

#include "ui/models/carbon_rows.h"
#include "ui/models/texts.h"

#include <QDateTime>
#include <QLocale>

namespace greenfront::ui {

std::vector<IdleLine> idleLines(const std::vector<store::IdlePowerRow>& rows) {
    std::vector<IdleLine> lines;
    lines.reserve(rows.size());
    for (const store::IdlePowerRow& row : rows)
        lines.push_back({.source = qt(row.source),
                         .power = qt(toText(row.power)),
                         .bounds = QStringLiteral("%1 to %2").arg(qt(toText(row.low)), qt(toText(row.high))),
                         .provenance = provenanceText(row.provenance),
                         .method = qt(row.method)});
    return lines;
}

QString idleWhen(const std::vector<store::IdlePowerRow>& rows) {
    if (rows.empty())
        return QStringLiteral("Not measured yet.");
    const auto at = QDateTime::fromString(qt(rows.front().at), Qt::ISODate).toLocalTime();
    return QStringLiteral("Measured for %1 on %2 at %3.")
        .arg(qt(toText(rows.front().seconds)), QLocale().toString(at, QStringLiteral("d MMM yyyy")),
             at.toString(QStringLiteral("HH:mm")));
}

} // namespace greenfront::ui
