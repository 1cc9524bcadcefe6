// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace greenfront::search {

/// A normal variable; without deviation it is a number.
struct Gaussian {
    double mean = 0;
    double deviation = 0;
};

} // namespace greenfront::search
