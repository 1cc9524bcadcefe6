// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/shared_library.h"

#include <dlfcn.h>

namespace greenfront::energy {
namespace {

class PosixLibrary final : public SharedLibrary {
public:
    explicit PosixLibrary(void* handle) : handle_(handle) {}
    PosixLibrary(const PosixLibrary&) = delete;
    PosixLibrary& operator=(const PosixLibrary&) = delete;
    ~PosixLibrary() override { dlclose(handle_); }
    void* find(const char* name) const override { return dlsym(handle_, name); }

private:
    void* handle_;
};

} // namespace

std::unique_ptr<SharedLibrary> openLibrary(const std::string& path, std::string& reason) {
    if (void* handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL))
        return std::make_unique<PosixLibrary>(handle);
    const char* message = dlerror();
    reason = message != nullptr ? message : "it cannot be opened";
    return nullptr;
}

} // namespace greenfront::energy
