// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/new_workspace.h"

#include "core/study/study.h"

#include <system_error>

namespace greenfront::ui {

void makeWorkspace(const std::filesystem::path& path, const std::string& data, Control& control) {
    const study::Study study = study::newStudy(data, &control);
    control.checkpoint();
    auto workspace = store::Workspace::create(path);
    try {
        study::putStudy(workspace, study);
    } catch (...) {
        { const auto closing = std::move(workspace); }
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
        throw;
    }
}

} // namespace greenfront::ui
