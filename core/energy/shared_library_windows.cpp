// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/shared_library.h"

#include <windows.h>

namespace greenfront::energy {
namespace {

class WindowsLibrary final : public SharedLibrary {
public:
    explicit WindowsLibrary(HMODULE handle) : handle_(handle) {}
    WindowsLibrary(const WindowsLibrary&) = delete;
    WindowsLibrary& operator=(const WindowsLibrary&) = delete;
    ~WindowsLibrary() override { FreeLibrary(handle_); }
    void* find(const char* name) const override {
        return reinterpret_cast<void*>(GetProcAddress(handle_, name));
    }

private:
    HMODULE handle_;
};

} // namespace

std::unique_ptr<SharedLibrary> openLibrary(const std::string& path, std::string& reason) {
    if (HMODULE handle = LoadLibraryA(path.c_str()))
        return std::make_unique<WindowsLibrary>(handle);
    reason = "it cannot be opened (error " + std::to_string(GetLastError()) + ")";
    return nullptr;
}

} // namespace greenfront::energy
