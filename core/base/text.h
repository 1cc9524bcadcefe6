// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace greenfront {

std::string join(std::span<const std::string> parts, std::string_view separator);
std::vector<std::string_view> split(std::string_view text, char separator);
std::string_view trimmed(std::string_view text);
/// The finite decimal number that is all of the text, apart from blanks around it and a plus sign before it;
/// nothing where it is none. With a point in every locale.
std::optional<double> numberIn(std::string_view text);
/// The shortest decimal text that reads back as the same number, with a point in every locale.
std::string numberText(double number);
/// A fixed number of decimals, with a point in every locale.
std::string fixedText(double number, int decimals);
/// Four significant digits and no zeros behind them: more would claim to be surer than a measurement is.
/// Whole numbers keep all of their digits before the point.
std::string shortText(double number);

} // namespace greenfront
