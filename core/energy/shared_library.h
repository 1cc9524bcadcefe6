// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include <memory>
#include <string>

namespace greenfront::energy {

/// A library opened at run time, closed with the object.
class SharedLibrary {
public:
    virtual ~SharedLibrary() = default;
    /// Null if there is no such name.
    virtual void* find(const char* name) const = 0;

    template <class Function>
    Function* function(const char* name) const {
        return reinterpret_cast<Function*>(find(name));
    }
};

/// Null, with the reason, if it cannot be opened.
std::unique_ptr<SharedLibrary> openLibrary(const std::string& path, std::string& reason);

} // namespace greenfront::energy
