// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <QString>

#include <exception>
#include <functional>

namespace greenfront::ui {

/// What went wrong, for a banner: what and why in one line, and what the user can do.
struct Problem {
    QString what;
    QString advice;
};

Problem problemOf(const std::exception_ptr& error);

/// Runs on the window's thread with the outcome of something that ran elsewhere.
using Reply = std::function<void()>;
using ProblemSink = std::function<void(const Problem&)>;

} // namespace greenfront::ui
