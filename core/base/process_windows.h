// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "core/base/error.h"
#include "core/base/units.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>
#include <windows.h>

namespace greenfront::windows {

struct CloseHandleOf {
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using Handle = std::unique_ptr<void, CloseHandleOf>;

/// Some functions return INVALID_HANDLE_VALUE instead of null.
Handle owned(HANDLE handle);

/// text: UTF-8
std::wstring wide(const std::string& text);

/// What an error code of Windows means, in its words.
std::string meaningOf(DWORD code);

class NotStarted : public Error {
public:
    NotStarted(const std::string& program, DWORD code);
    explicit NotStarted(const Parts& parts) : Error(parts) {}
    bool isMissing() const { return missing_; }

private:
    bool missing_ = false;
};

struct StartOptions {
    HANDLE input = nullptr, output = nullptr, errors = nullptr; ///< that can be inherited
    bool inheritAll = false; ///< everything that can be inherited, not only the three above
    bool endWithJob = true;  ///< all that it started, once the last handle of the job is closed
    DWORD creationFlags = 0; ///< of CreateProcess, beside those that this needs
};

/// A program with all that it starts, for which the system keeps account.
struct Job {
    Handle job, process;
    DWORD id = 0; ///< of the process
};

/// command: the program, found as CreateProcess finds it, and its arguments, as they are. environment: beside
/// this process's own. Throws NotStarted.
Job start(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
          const StartOptions& options);

/// Of all that ran in the job until now.
std::optional<Seconds> processorTime(const Job& job);

} // namespace greenfront::windows
