// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/study/trial_output.h"

#include "core/base/json.h"
#include "core/base/text.h"

#include <cmath>
#include <limits>
#include <regex>

namespace greenfront::study {
namespace {

constexpr std::size_t longestLine = 65'536;
constexpr std::size_t keptFirst = 131'072, keptLast = 131'072;
constexpr int deepest = 8;
constexpr std::size_t mostMetrics = 256;

/// Nothing where it is no JSON, or nested so deep that it is no line of metrics.
Json parsed(const std::string& text) {
    const auto shallow = [](int depth, Json::parse_event_t /*event*/, Json& /*value*/) {
        return depth < deepest;
    };
    return Json::parse(text, shallow, false);
}

/// "NaN" and the infinities outside of quotes, which stand behind a colon there.
std::string withoutNan(const std::string& text) {
    static const std::regex number(R"re((:\s*)(NaN|nan|[+-]?Infinity|[+-]?inf)(?=\s*[,}]))re");
    return std::regex_replace(text, number, "$1null");
}

} // namespace

std::optional<Told> toldIn(std::string_view line) {
    const std::string text(trimmed(line));
    if (text.empty() || text.front() != '{')
        return std::nullopt;
    Json json = parsed(text);
    if (json.is_discarded())
        json = parsed(withoutNan(text));
    if (!json.is_object())
        return std::nullopt;
    Told told;
    for (const auto& [name, value] : json.items()) {
        if (name == "step" && value.is_number()) {
            const double step = value.get<double>();
            if (step >= 0 && step <= 0x1p53)
                told.step = static_cast<std::int64_t>(step);
        } else if ((value.is_number() || value.is_null()) && told.metrics.size() < mostMetrics) {
            const double number =
                value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
            told.metrics[name] = std::isfinite(number) ? number : std::numeric_limits<double>::quiet_NaN();
        }
    }
    if (told.metrics.empty())
        return std::nullopt;
    return told;
}

std::vector<Told> TrialOutput::read(std::string_view output) {
    keep(output);
    std::vector<Told> told;
    while (!output.empty()) {
        const auto end = output.find('\n');
        const auto part = output.substr(0, end);
        tooLong_ = tooLong_ || line_.size() + part.size() > longestLine;
        if (!tooLong_)
            line_ += part;
        if (end == std::string_view::npos)
            break;
        if (auto one = tooLong_ ? std::nullopt : toldIn(line_))
            told.push_back(std::move(*one));
        line_.clear();
        tooLong_ = false;
        output.remove_prefix(end + 1);
    }
    return told;
}

std::optional<Told> TrialOutput::finish() {
    const std::string line = std::exchange(line_, {});
    return tooLong_ ? std::nullopt : toldIn(line);
}

void TrialOutput::keep(std::string_view text) {
    written_ += text.size();
    const auto first = text.substr(0, keptFirst - first_.size());
    first_ += first;
    last_ += text.substr(first.size());
    if (last_.size() > 2 * keptLast)
        last_.erase(0, last_.size() - keptLast);
}

std::string TrialOutput::log() const {
    const auto from = last_.size() > keptLast ? last_.size() - keptLast : 0;
    const std::uint64_t leftOut = written_ - first_.size() - (last_.size() - from);
    std::string text = first_;
    if (leftOut > 0)
        text += "\n[" + std::to_string(leftOut) + " bytes are left out here]\n";
    return text + last_.substr(from);
}

} // namespace greenfront::study
