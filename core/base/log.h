// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <string_view>

namespace greenfront {

/// Messages for whoever looks into a problem: to standard error, at the level that GREENFRONT_LOG names
/// (debug, info, warning, error; warning if unset). What a user must see is thrown or shown, not logged.
void logDebug(std::string_view message);
void logInfo(std::string_view message);
void logWarning(std::string_view message);

} // namespace greenfront
