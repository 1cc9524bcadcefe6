// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/arch/weights.h"

#include "core/base/error.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <optional>
#include <set>

namespace greenfront::arch {
namespace {

static_assert(std::endian::native == std::endian::little && std::numeric_limits<float>::is_iec559,
              "tensors are copied as they stand in memory, which is the format's order only here");

constexpr std::string_view metadataKey = "__metadata__";
constexpr std::size_t lengthBytes = 8;
constexpr std::uint64_t mostHeaderBytes = 100'000'000; // the format's own limit
constexpr std::uint64_t mostElements = std::numeric_limits<std::int64_t>::max() / sizeof(float);

using Metadata = std::map<std::string, std::string>;

/// One tensor as the header describes it.
struct Entry {
    std::string name;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0, end = 0; ///< in the data behind the header
};

class Reader {
public:
    Reader(std::string_view bytes, const std::string& subject) : bytes_(bytes), subject_(subject) {}

    Weights read(Metadata* metadata) {
        const Json header = readHeader();
        std::vector<Entry> entries;
        for (const auto& [name, description] : header.items()) {
            if (name != metadataKey)
                entries.push_back(readEntry(name, description));
            else if (metadata)
                *metadata = readMetadata(description);
            else
                readMetadata(description);
        }
        requireWholeData(entries);
        Weights weights;
        for (Entry& entry : entries)
            weights.emplace(std::move(entry.name), tensorOf(entry));
        return weights;
    }

private:
    [[noreturn]] void refuse(const std::string& reason) const {
        throw Error("read", subject_, reason, "It may be damaged or cut short; copy it again");
    }

    Json readHeader() {
        if (bytes_.size() < lengthBytes)
            refuse("it is too short for a safetensors file");
        std::uint64_t length = 0;
        std::memcpy(&length, bytes_.data(), lengthBytes);
        if (length > mostHeaderBytes || length > bytes_.size() - lengthBytes)
            refuse("its header claims " + std::to_string(length) + " bytes, more than there can be");
        const std::string_view text = bytes_.substr(lengthBytes, static_cast<std::size_t>(length));
        data_ = bytes_.substr(lengthBytes + static_cast<std::size_t>(length));
        Json header = parse(text);
        if (!header.is_object())
            refuse("its header is not a JSON object");
        return header;
    }

    /// JSON that repeats a key keeps the last value silently, and may nest without end: both are refused.
    Json parse(std::string_view text) const {
        std::vector<std::set<std::string>> keys;
        const auto check = [&](int depth, Json::parse_event_t event, Json& parsed) {
            if (depth > 3)
                refuse("its header is nested too deep");
            if (event == Json::parse_event_t::object_start)
                keys.emplace_back();
            else if (event == Json::parse_event_t::object_end)
                keys.pop_back();
            else if (event == Json::parse_event_t::key &&
                     !keys.back().insert(parsed.get<std::string>()).second)
                refuse("its header names '" + parsed.get<std::string>() + "' twice");
            return true;
        };
        try {
            return Json::parse(text, check);
        } catch (const Json::parse_error& error) {
            refuse("its header is not valid JSON at byte " + std::to_string(error.byte));
        }
    }

    Metadata readMetadata(const Json& json) const {
        if (!json.is_object())
            refuse("its metadata is not a JSON object");
        Metadata metadata;
        for (const auto& [key, value] : json.items()) {
            if (!value.is_string())
                refuse("its metadata '" + key + "' is not text");
            metadata.emplace(key, value.get<std::string>());
        }
        return metadata;
    }

    std::vector<std::uint64_t> readNumbers(const std::string& name, const Json& json, const char* key) const {
        const auto found = json.find(key);
        if (found == json.end() || !found->is_array())
            refuse("tensor '" + name + "' has no " + key);
        std::vector<std::uint64_t> numbers;
        for (const Json& number : *found) {
            if (!number.is_number_unsigned())
                refuse("tensor '" + name + "' has " + key + " that are not whole numbers from 0");
            numbers.push_back(number.get<std::uint64_t>());
        }
        return numbers;
    }

    Entry readEntry(const std::string& name, const Json& json) const {
        if (!json.is_object() || !json.contains("dtype") || !json["dtype"].is_string())
            refuse("tensor '" + name + "' has no type");
        if (json["dtype"] != "F32")
            refuse("tensor '" + name + "' is of type " + json["dtype"].get<std::string>() +
                   ", and only F32 is read");
        const auto offsets = readNumbers(name, json, "data_offsets");
        if (offsets.size() != 2 || offsets[0] > offsets[1] || offsets[1] > data_.size())
            refuse("tensor '" + name + "' lies outside the data");
        Entry entry{.name = name, .shape = {}, .begin = offsets[0], .end = offsets[1]};
        std::uint64_t count = 1;
        bool empty = false;
        for (const std::uint64_t size : readNumbers(name, json, "shape")) {
            if (size > mostElements / count)
                refuse("tensor '" + name + "' has a shape that no memory holds");
            count *= std::max<std::uint64_t>(size, 1);
            empty = empty || size == 0;
            entry.shape.push_back(static_cast<std::int64_t>(size));
        }
        if (entry.end - entry.begin != (empty ? 0 : count * sizeof(float)))
            refuse("tensor '" + name + "' has a shape that does not fit its data");
        return entry;
    }

    /// Tensors must cover the data without gap or overlap, so that together they need no more memory than
    /// the file.
    void requireWholeData(std::vector<Entry>& entries) const {
        std::ranges::sort(entries, {}, [](const Entry& entry) { return std::pair(entry.begin, entry.end); });
        std::uint64_t position = 0;
        for (const Entry& entry : entries) {
            if (entry.begin != position)
                refuse("tensor '" + entry.name + "' overlaps another or leaves a gap");
            position = entry.end;
        }
        if (position != data_.size())
            refuse("it holds data that belongs to no tensor");
    }

    Tensor tensorOf(const Entry& entry) const {
        const auto bytes = static_cast<std::size_t>(entry.end - entry.begin);
        Tensor tensor{.shape = entry.shape, .values = std::vector<float>(bytes / sizeof(float))};
        if (bytes > 0)
            std::memcpy(tensor.values.data(), data_.data() + entry.begin, bytes);
        return tensor;
    }

    std::string_view bytes_;
    std::string_view data_;
    const std::string& subject_;
};

[[noreturn]] void refuseToWrite(const std::string& reason) {
    throw Error("write", "weights", reason, "Check where the model comes from");
}

void checkWritable(const std::string& name, const Tensor& tensor) {
    std::uint64_t count = 1;
    for (const std::int64_t size : tensor.shape) {
        if (size < 0 || static_cast<std::uint64_t>(size) > mostElements / std::max<std::uint64_t>(count, 1))
            refuseToWrite("tensor '" + name + "' has an impossible shape");
        count *= static_cast<std::uint64_t>(size);
    }
    if (count != tensor.values.size())
        refuseToWrite("tensor '" + name + "' has a shape that does not fit its values");
    if (name == metadataKey)
        refuseToWrite("a tensor has the name that the format keeps for its metadata");
}

} // namespace

std::string encodeSafetensors(const Weights& weights, const Metadata& metadata) {
    OrderedJson header = OrderedJson::object();
    if (!metadata.empty())
        header[std::string(metadataKey)] = metadata;
    std::uint64_t position = 0;
    for (const auto& [name, tensor] : weights) {
        checkWritable(name, tensor);
        const std::uint64_t end = position + tensor.values.size() * sizeof(float);
        header[name] = {{"dtype", "F32"}, {"shape", tensor.shape}, {"data_offsets", {position, end}}};
        position = end;
    }
    std::string text;
    try {
        text = header.dump();
    } catch (const Json::type_error&) {
        refuseToWrite("a name or a piece of metadata is not UTF-8 text");
    }
    text.append((lengthBytes - text.size() % lengthBytes) % lengthBytes, ' '); // aligns the data
    const std::uint64_t length = text.size();

    std::string bytes(lengthBytes, '\0');
    std::memcpy(bytes.data(), &length, lengthBytes);
    bytes.reserve(lengthBytes + text.size() + static_cast<std::size_t>(position));
    bytes += text;
    for (const auto& [name, tensor] : weights) {
        const auto data = std::as_bytes(std::span(tensor.values));
        bytes.append(reinterpret_cast<const char*>(data.data()), data.size());
    }
    return bytes;
}

Weights decodeSafetensors(std::string_view bytes, const std::string& subject, Metadata* metadata) {
    return Reader(bytes, subject).read(metadata);
}

} // namespace greenfront::arch
