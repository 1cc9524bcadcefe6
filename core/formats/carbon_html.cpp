// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/text.h"
#include "core/formats/carbon_report.h"
#include "core/formats/encode.h"

#include <algorithm>
#include <map>

namespace greenfront::formats {
namespace {

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : cleanText(text))
        switch (c) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            result += c;
        }
    return result;
}

std::string row(const std::vector<std::string>& cells, const char* tag = "td") {
    std::string text = "<tr>";
    for (const std::string& cell : cells)
        text += std::string("<") + tag + ">" + escaped(cell) + "</" + tag + ">";
    return text + "</tr>\n";
}

std::string rangeText(const energy::CarbonRange& range) {
    return toText(range.value) + " (" + toText(range.low) + " to " + toText(range.high) + ")";
}

std::string summary(const CarbonReport& report) {
    return "<table>\n" + row({"Carbon, operational", rangeText(report.carbon)}) +
           row({"Energy", toText(report.joules.value) + " (" + toText(report.joules.low) + " to " +
                              toText(report.joules.high) + "), " + std::string(toText(report.provenance))}) +
           row({"Active time", toText(report.seconds)}) + row({"PUE", numberText(report.pue)}) +
           row({"Carbon intensity", describe(report.grid)}) + row({"Data", report.dataName}) + "</table>\n";
}

std::string runsTable(const CarbonReport& report) {
    std::string text =
        "<h2>Runs</h2>\n<table>\n" +
        row({"Run", "Kind", "Started", "Phase", "Source", "Provenance", "Energy", "From", "To"}, "th");
    for (const ReportedRun& run : report.runs)
        for (const ReportedEnergy& part : run.energy)
            text += row({run.id, run.kind + (run.subject.empty() ? "" : " " + run.subject), run.started,
                         part.phase, part.source, std::string(toText(part.provenance)), toText(part.joules),
                         toText(part.low), toText(part.high)});
    return text + "</table>\n";
}

/// Grams by phase, each bar with its bounds.
std::string phasePicture(const CarbonReport& report) {
    std::map<std::string, energy::CarbonRange> phases;
    for (const ReportedRun& run : report.runs)
        for (const ReportedEnergy& part : run.energy)
            phases[part.phase] += energy::carbonOf(energy::EnergyRange{part.low, part.joules, part.high},
                                                   report.grid.value, report.pue);
    double largest = 0;
    for (const auto& [phase, carbon] : phases)
        largest = std::max(largest, carbon.high.value);
    if (largest <= 0)
        return {};
    constexpr double left = 120, width = 420, step = 32;
    const auto x = [&](GramsCO2e mass) { return fixedText(left + width * mass.value / largest, 1); };
    std::string bars;
    double y = 8;
    for (const auto& [phase, carbon] : phases) {
        bars += "<text x='0' y='" + fixedText(y + 14, 0) + "'>" + escaped(phase) +
                "</text><rect class='bar' x='" + fixedText(left, 0) + "' y='" + fixedText(y, 0) +
                "' height='18' width='" + fixedText(width * carbon.value.value / largest, 1) +
                "'/><path d='M" + x(carbon.low) + " " + fixedText(y + 9, 0) + "H" + x(carbon.high) +
                "'/><text x='" + fixedText(left + width + 10, 0) + "' y='" + fixedText(y + 14, 0) + "'>" +
                escaped(toText(carbon.value)) + "</text>\n";
        y += step;
    }
    return "<h2>Carbon by phase</h2>\n<svg role='img' aria-label='Carbon by phase' viewBox='0 0 680 " +
           fixedText(y, 0) + "'>\n" + bars + "</svg>\n";
}

struct Axis {
    double low = 0, high = 1;
    double at(double value, double from, double to) const {
        return high > low ? from + (to - from) * (value - low) / (high - low) : (from + to) / 2;
    }
};

Axis axisOf(const std::vector<ReportedPoint>& points, double ReportedPoint::*value) {
    const auto [low, high] = std::ranges::minmax(points, {}, value);
    return {low.*value, high.*value};
}

std::string frontPicture(const ReportedFront& front) {
    if (front.points.empty())
        return {};
    const Axis x = axisOf(front.points, &ReportedPoint::x);
    const Axis y = axisOf(front.points, &ReportedPoint::y);
    std::string text = "<h2>Networks for " + escaped(front.device) +
                       "</h2>\n<svg role='img' aria-label='Pareto front' viewBox='0 0 680 360'>\n"
                       "<path d='M60 10V310H660'/>\n";
    for (const ReportedPoint& point : front.points)
        text += "<circle class='" + std::string(point.onFront ? "front" : "other") + "' cx='" +
                fixedText(x.at(point.x, 70, 650), 1) + "' cy='" + fixedText(y.at(point.y, 300, 20), 1) +
                "' r='4'><title>" + escaped(point.name) + ": " + shortText(point.x) + ", " +
                shortText(point.y) + "</title></circle>\n";
    return text + "<text x='60' y='330'>" + shortText(x.low) + "</text><text x='660' y='330' class='end'>" +
           shortText(x.high) + "</text><text x='360' y='350' class='middle'>" + escaped(front.xTitle) +
           "</text><text x='0' y='310'>" + shortText(y.low) + "</text><text x='0' y='20'>" +
           shortText(y.high) + "</text><text x='66' y='20'>" + escaped(front.yTitle) + "</text>\n</svg>\n";
}

std::string scoresTable(const CarbonReport& report) {
    std::string text;
    for (const energy::SciScore& score : report.scores) {
        text += "<h2>" + std::string(score.complete ? "SCI" : "O per R, without M") + " per " +
                escaped(titleOf(score.input.unit)) + "</h2>\n<table>\n";
        for (const auto& [title, value] : score.disclosures)
            text += row({title, value});
        text += "</table>\n";
    }
    return text;
}

constexpr const char* style = ":root{color-scheme:light dark}body{font:15px/1.5 "
                              "system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
                              "table{border-collapse:collapse;margin:1em 0}td,th{border:1px solid "
                              "#8886;padding:.25em .6em;text-align:left;"
                              "vertical-align:top}svg{width:100%;max-width:680px;font-size:12px;fill:"
                              "currentColor}path{stroke:currentColor;"
                              "fill:none}.bar{fill:#0072b2}.front{fill:#d55e00}.other{fill:#999}.end{text-"
                              "anchor:end}.middle{text-anchor:middle}";

} // namespace

std::string htmlReport(const CarbonReport& report) {
    const std::string title = "Carbon report of " + escaped(report.project);
    std::string text = "<!DOCTYPE html>\n<html lang='en'>\n<head>\n<meta charset='utf-8'>\n<title>" + title +
                       "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<h1>" + title +
                       "</h1>\n<p>" + "Made with Greenfront, " + escaped(report.created) + ".</p>\n" +
                       summary(report) + phasePicture(report) + runsTable(report);
    for (const ReportedFront& front : report.fronts)
        text += frontPicture(front);
    return text + scoresTable(report) + "</body>\n</html>\n";
}

} // namespace greenfront::formats
