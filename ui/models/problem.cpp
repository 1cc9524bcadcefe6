// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/problem.h"

#include "core/base/error.h"

#include <new>

namespace greenfront::ui {

Problem problemOf(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const Error& known) {
        const Error::Parts& parts = known.parts();
        return {
            QString::fromStdString("Cannot " + parts.doing + " " + parts.subject + ": " + parts.reason + "."),
            parts.advice.empty() ? QString() : QString::fromStdString(parts.advice + ".")};
    } catch (const std::bad_alloc&) {
        return {QStringLiteral("There is not enough memory for this."),
                QStringLiteral("Close other programs, or choose smaller data.")};
    } catch (const std::exception& other) {
        return {QStringLiteral("Something failed: ") + QString::fromUtf8(other.what()), {}};
    } catch (...) {
        return {QStringLiteral("Something failed for an unknown reason."), {}};
    }
}

} // namespace greenfront::ui
