// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/schema.h"

#include <QWidget>

#include <functional>

namespace greenfront::ui {

/// The control for one parameter: a spin box, a combo box, a check box or a line of text.
struct ParameterEditor {
    QWidget* widget = nullptr; ///< objectName "parameter.KEY"
    std::function<Json()> read;
    std::function<void(const Json&)> write;
};

/// changed is called after every edit.
ParameterEditor makeEditor(const Parameter& parameter, const std::function<void()>& changed);
/// The help, the range and the key, as a tooltip.
QString tooltipOf(const Parameter& parameter);

} // namespace greenfront::ui
