// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/error.h"

namespace greenfront {
namespace {

std::string sentence(const Error::Parts& parts) {
    std::string text = "Cannot " + parts.doing;
    if (!parts.subject.empty())
        text += " " + parts.subject;
    text += ": " + parts.reason + ".";
    if (!parts.advice.empty())
        text += " " + parts.advice + ".";
    return text;
}

} // namespace

Error::Error(Parts parts) : std::runtime_error(sentence(parts)), parts_(std::move(parts)) {}

Error::Error(std::string doing, std::string subject, std::string reason, std::string advice)
    : Error(Parts{std::move(doing), std::move(subject), std::move(reason), std::move(advice)}) {}

} // namespace greenfront
