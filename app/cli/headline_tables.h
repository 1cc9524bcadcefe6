// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

namespace greenfront::cli {

/// The result of any headline, as tables and sentences.
void printHeadline(const OrderedJson& result);

} // namespace greenfront::cli
