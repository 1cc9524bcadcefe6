// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/versions.h"

#include "core/base/version.h"
#include "core/nn/runtime.h"

namespace greenfront::study {

Json versionsNow() {
    return {{"greenfront", version()}, {"engine", nn::libraryVersion()}};
}

} // namespace greenfront::study
