// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/json.h"

#include <string>

namespace greenfront::device {

/// Reads a document from outside key by key. Whatever is missing or of another kind throws an Error that
/// names the document and the path of the key, such as blocks[3].ms.
class JsonReader {
public:
    JsonReader(const Json& json, std::string doing, std::string subject, std::string path = {});

    JsonReader at(const std::string& key) const;
    JsonReader at(std::size_t index) const;
    bool has(const std::string& key) const;
    std::size_t size() const; ///< of a list of at most a million

    std::string text(const std::string& key, std::size_t limit = 4000) const;
    double number(const std::string& key, double least, double most) const;
    int integer(const std::string& key, int least, int most) const;
    bool flag(const std::string& key) const;
    std::vector<int> integers(const std::string& key, std::size_t limit = 4096) const;
    const Json& json() const { return json_; }
    [[noreturn]] void refuse(const std::string& reason) const;

private:
    const Json& child(const std::string& key) const;
    std::string pathOf(const std::string& key) const;

    const Json& json_;
    std::string doing_, subject_, path_;
};

} // namespace greenfront::device
