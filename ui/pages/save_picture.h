// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/pages/page.h"

#include <functional>

namespace greenfront::ui {

/// Asks where to, then saves; a failure goes to the page's banner.
void savePicture(Page& page, const QString& suggestion, const std::function<void(const QString&)>& save);

} // namespace greenfront::ui
