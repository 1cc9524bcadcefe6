// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

namespace greenfront::study {

/// Of Greenfront, of the libraries that decide results, and of the machine: stored with every run.
Json versionsNow();

} // namespace greenfront::study
