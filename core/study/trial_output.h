// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront::study {

/// What a program told in one line, such as {"step": 3, "loss": 0.41}: every member that is a number. NaN and
/// Infinity, which JSON has not but programs write, read as NaN.
struct Told {
    std::optional<std::int64_t> step;
    std::map<std::string, double> metrics;
};

/// Nothing for a line that is no JSON object or holds no number.
std::optional<Told> toldIn(std::string_view line);

/// A program's standard output, read as it comes: its lines of metrics, and a log of what it and its errors
/// said, of which the beginning and the end are kept. Takes the same memory however much a program writes.
class TrialOutput {
public:
    /// What complete lines told. A line of more than 64 KiB tells nothing.
    std::vector<Told> read(std::string_view output);
    void readErrors(std::string_view errors) { keep(errors); }
    /// What the last line told, if it had no end.
    std::optional<Told> finish();

    /// The beginning, a line that says how much is left out if anything is, and the end.
    std::string log() const;

private:
    void keep(std::string_view text);

    std::string line_;
    bool tooLong_ = false;
    std::string first_, last_;
    std::uint64_t written_ = 0;
};

} // namespace greenfront::study
