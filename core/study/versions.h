// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

namespace greenfront::study {

/// Of Greenfront and of the libraries that decide results: stored with every run.
Json versionsNow();

} // namespace greenfront::study
