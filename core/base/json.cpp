// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/json.h"

#include "core/base/error.h"
#include "core/base/file.h"

namespace greenfront {

Json parseJson(std::string_view text, const std::string& subject) {
    try {
        return Json::parse(text);
    } catch (const Json::parse_error& error) {
        throw Error("read", subject, "it is not valid JSON at byte " + std::to_string(error.byte),
                    "Check the file with a JSON editor");
    }
}

Json readJson(const std::filesystem::path& path) {
    return parseJson(readFile(path, Bytes(64.0 * 1024 * 1024)), path.string());
}

} // namespace greenfront
