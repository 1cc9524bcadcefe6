// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/store/studies.h"

#include <algorithm>
#include <chrono>
#include <iostream>
#include <memory>

namespace greenfront::cli {
namespace {

/// Code points, which is what a column's width is made of.
std::size_t widthOf(const std::string& text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

bool looksNumeric(const std::string& text) {
    return !text.empty() &&
           (std::isdigit(static_cast<unsigned char>(text.front())) != 0 || text.front() == '-');
}

std::string line(const Progress& progress) {
    std::string text =
        fixedText(100.0 * progress.fraction, 0) + " %  " + progress.phase + ": " + progress.message;
    if (progress.remaining && progress.fraction < 1.0)
        text += ", " + toText(*progress.remaining) + " to go";
    if (progress.remainingEnergy && progress.fraction < 1.0)
        text += ", " + toText(*progress.remainingEnergy) + " to go";
    return text;
}

} // namespace

void printJson(const OrderedJson& json) {
    std::cout << json.dump(2) << '\n';
}

void printTable(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], widthOf(row[i]));
    }
    for (const auto& row : rows) {
        std::string text;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - widthOf(row[i]), ' ');
            const bool right = &row != &rows.front() && looksNumeric(row[i]);
            text += (i > 0 ? "  " : "") + (right ? padding + row[i] : row[i] + padding);
        }
        std::cout << text.substr(0, text.find_last_not_of(' ') + 1) << '\n';
    }
}

ProgressSink progressPrinter() {
    struct Last {
        std::string phase, forecast;
        std::chrono::steady_clock::time_point at;
    };
    return [last = std::make_shared<Last>()](const Progress& progress) {
        const auto now = std::chrono::steady_clock::now();
        if (progress.forecast != last->forecast)
            std::cerr << progress.forecast << '\n';
        last->forecast = progress.forecast;
        if (progress.phase == last->phase && now - last->at < std::chrono::seconds(2))
            return;
        last->phase = progress.phase;
        last->at = now;
        std::cerr << line(progress) << '\n';
    };
}

StudyId chooseStudy(store::Workspace& workspace, std::int64_t number, StudyChoice choice) {
    auto studies = store::allStudies(workspace);
    if (studies.empty() && choice == StudyChoice::Any)
        studies = store::allStudies(workspace, store::tuningKind);
    if (studies.empty())
        throw Error("read", workspace.path().string(), "it holds no study yet",
                    "Run one with 'greenfront-cli study run'");
    if (number == 0)
        return studies.back().id;
    if (!store::findStudy(workspace, StudyId{number}))
        throw Error("find", "study " + std::to_string(number), "the workspace has no such study",
                    "List them with 'greenfront-cli runs'");
    return StudyId{number};
}

} // namespace greenfront::cli
