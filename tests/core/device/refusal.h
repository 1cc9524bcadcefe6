// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"

#include <QString>
#include <functional>

namespace greenfront::testing {

/// What the Error says that an action throws; empty if it throws none.
inline QString refusalOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return QString::fromStdString(error.what());
    }
    return {};
}

} // namespace greenfront::testing
