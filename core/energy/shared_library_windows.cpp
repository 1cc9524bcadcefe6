// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/energy/shared_library.h"

#include "core/base/process_windows.h"

#include <filesystem>

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

/// A name without a folder is looked for beside this program and in the system's folders, never in the folder
/// that this program happens to work in.
std::unique_ptr<SharedLibrary> openLibrary(const std::string& path, std::string& reason) {
    std::filesystem::path file = windows::wide(path);
    if (file.has_parent_path())
        file = std::filesystem::absolute(file);
    if (HMODULE handle = LoadLibraryExW(file.c_str(), nullptr, LOAD_LIBRARY_SEARCH_DEFAULT_DIRS))
        return std::make_unique<WindowsLibrary>(handle);
    reason = path + " cannot be opened: " + windows::meaningOf(GetLastError());
    return nullptr;
}

} // namespace greenfront::energy
