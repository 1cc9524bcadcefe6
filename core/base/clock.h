// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string>

namespace greenfront {

/// Now, ISO 8601 in UTC with seconds: "2026-01-31T12:00:00Z".
std::string utcNow();

} // namespace greenfront
