// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/rename_command.h"

#include <utility>

namespace greenfront::ui {

RenameCommand::RenameCommand(Session& session, StudyId study, QString before, QString after)
    : QUndoCommand(QStringLiteral("rename the study to “%1”").arg(after)),
      session_(session),
      study_(study),
      before_(std::move(before)),
      after_(std::move(after)) {}

} // namespace greenfront::ui
