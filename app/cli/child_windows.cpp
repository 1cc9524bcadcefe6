// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/child.h"
#include "core/base/process_windows.h"

#include <csignal>

namespace greenfront::cli {
namespace {

/// What comes from the console reaches the program as well, and this process waits for what it does.
BOOL WINAPI leaveToProgram(DWORD event) {
    return event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT ? TRUE : FALSE;
}

class LeaveInterrupts {
public:
    LeaveInterrupts() { SetConsoleCtrlHandler(leaveToProgram, TRUE); }
    LeaveInterrupts(const LeaveInterrupts&) = delete;
    LeaveInterrupts& operator=(const LeaveInterrupts&) = delete;
    ~LeaveInterrupts() { SetConsoleCtrlHandler(leaveToProgram, FALSE); }
};

windows::Job started(const std::vector<std::string>& command, bool outputToError) {
    windows::StartOptions options;
    options.input = GetStdHandle(STD_INPUT_HANDLE);
    options.errors = GetStdHandle(STD_ERROR_HANDLE);
    options.output = outputToError ? options.errors : GetStdHandle(STD_OUTPUT_HANDLE);
    options.inheritAll = true;
    options.endWithJob = false; // what it leaves behind goes on, as elsewhere
    try {
        return windows::start(command, {}, options);
    } catch (const windows::NotStarted& error) {
        throw CannotStart(command.front(), error.parts().reason,
                          error.isMissing() ? notFoundStatus : notExecutableStatus);
    }
}

} // namespace

Ended runChild(const std::vector<std::string>& command, bool outputToError) {
    const LeaveInterrupts leave;
    const windows::Job job = started(command, outputToError);
    WaitForSingleObject(job.process.get(), INFINITE);
    DWORD code = 0;
    GetExitCodeProcess(job.process.get(), &code);
    Ended ended;
    ended.signal = code == static_cast<DWORD>(STATUS_CONTROL_C_EXIT) ? SIGINT : 0;
    ended.status = ended.signal != 0 ? 128 + ended.signal : static_cast<int>(code);
    ended.processorTime = windows::processorTime(job);
    return ended;
}

} // namespace greenfront::cli
