// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/schema.h"

namespace greenfront::search {

/// A whole number among the options of a method, a policy or of learning from history.
inline Parameter countOption(const char* key, const char* title, const char* help, int value, int least,
                             int most) {
    return {.key = key,
            .title = title,
            .help = help,
            .kind = ParameterKind::Integer,
            .defaultValue = value,
            .minimum = least,
            .maximum = most};
}

} // namespace greenfront::search
