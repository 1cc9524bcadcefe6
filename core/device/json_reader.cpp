// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/device/json_reader.h"

#include "core/base/error.h"
#include "core/base/text.h"

#include <cmath>
#include <limits>

namespace greenfront::device {

JsonReader::JsonReader(const Json& json, std::string doing, std::string subject, std::string path)
    : json_(json), doing_(std::move(doing)), subject_(std::move(subject)), path_(std::move(path)) {}

void JsonReader::refuse(const std::string& reason) const {
    throw Error(doing_, subject_, reason, "Make the file again, or take another one");
}

std::string JsonReader::pathOf(const std::string& key) const {
    return path_.empty() ? key : path_ + "." + key;
}

bool JsonReader::has(const std::string& key) const {
    return json_.is_object() && json_.contains(key) && !json_.at(key).is_null();
}

const Json& JsonReader::child(const std::string& key) const {
    if (!json_.is_object())
        refuse(path_.empty() ? "it is not a JSON object" : "'" + path_ + "' is not an object");
    if (!json_.contains(key))
        refuse("'" + pathOf(key) + "' is missing");
    return json_.at(key);
}

JsonReader JsonReader::at(const std::string& key) const {
    return {child(key), doing_, subject_, pathOf(key)};
}

JsonReader JsonReader::at(std::size_t index) const {
    return {json_.at(index), doing_, subject_, path_ + "[" + std::to_string(index) + "]"};
}

std::size_t JsonReader::size() const {
    constexpr std::size_t most = 1'000'000;
    if (!json_.is_array() || json_.size() > most)
        refuse("'" + path_ + "' is not a list, or too long");
    return json_.size();
}

std::string JsonReader::text(const std::string& key, std::size_t limit) const {
    const Json& value = child(key);
    if (!value.is_string() || value.get_ref<const std::string&>().size() > limit)
        refuse("'" + pathOf(key) + "' is not a text of at most " + std::to_string(limit) + " characters");
    return value.get<std::string>();
}

double JsonReader::number(const std::string& key, double least, double most) const {
    const Json& value = child(key);
    const double number = value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
    if (!(number >= least && number <= most))
        refuse("'" + pathOf(key) + "' is " + value.dump() + ", not a number from " + numberText(least) +
               " to " + numberText(most));
    return number;
}

int JsonReader::integer(const std::string& key, int least, int most) const {
    const Json& value = child(key);
    if (!value.is_number_integer())
        refuse("'" + pathOf(key) + "' is not a whole number");
    return static_cast<int>(number(key, least, most));
}

bool JsonReader::flag(const std::string& key) const {
    const Json& value = child(key);
    if (!value.is_boolean())
        refuse("'" + pathOf(key) + "' is neither true nor false");
    return value.get<bool>();
}

std::vector<int> JsonReader::integers(const std::string& key, std::size_t limit) const {
    const Json& list = child(key);
    const auto refuseList = [&] { refuse("'" + pathOf(key) + "' is not a list of whole numbers"); };
    if (!list.is_array() || list.size() > limit)
        refuseList();
    std::vector<int> numbers;
    for (const Json& value : list) {
        if (!value.is_number_integer() || std::abs(value.get<double>()) > 1e9)
            refuseList();
        numbers.push_back(value.get<int>());
    }
    return numbers;
}

} // namespace greenfront::device
