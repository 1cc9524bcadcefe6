// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "tests/interop/readers.h"

#include <QtTest>

namespace greenfront::interop {

/// Skips the running test, or fails it where interop is required, if the reader is missing: the caller
/// returns.
inline bool readerIsThere(const std::optional<std::string>& missing) {
    if (!missing)
        return true;
    if (interopRequired())
        QTest::qFail(missing->c_str(), __FILE__, __LINE__);
    else
        QTest::qSkip(missing->c_str(), __FILE__, __LINE__);
    return false;
}

} // namespace greenfront::interop
