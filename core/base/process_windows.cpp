// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/process_windows.h"

#include "core/base/command_line.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <cwchar>
#include <span>

namespace greenfront::windows {
namespace {

struct IgnoringCase {
    bool operator()(const std::wstring& a, const std::wstring& b) const {
        return CompareStringOrdinal(a.c_str(), -1, b.c_str(), -1, TRUE) == CSTR_LESS_THAN;
    }
};

/// Sorted by name and ended by an empty entry, as CreateProcess wants it.
std::wstring environmentWith(const std::map<std::string, std::string>& added) {
    std::map<std::wstring, std::wstring, IgnoringCase> variables;
    for (const auto& [name, value] : added)
        variables.emplace(wide(name), wide(value));
    const std::unique_ptr<wchar_t, decltype(&FreeEnvironmentStringsW)> own(GetEnvironmentStringsW(),
                                                                           FreeEnvironmentStringsW);
    for (const wchar_t* entry = own.get(); entry != nullptr && *entry != 0; entry += std::wcslen(entry) + 1) {
        const std::wstring text = entry;
        const auto equals = text.find(L'=', 1); // the names of drives' folders begin with one
        if (equals != std::wstring::npos)
            variables.try_emplace(text.substr(0, equals), text.substr(equals + 1));
    }
    std::wstring block;
    for (const auto& [name, value] : variables)
        block.append(name.c_str()).append(L"=").append(value.c_str()).push_back(0);
    return block + L'\0';
}

/// Which handles a process gets, and none that another thread may just have opened for another process. Where
/// this fails, CreateProcess does.
class InheritedHandles {
public:
    explicit InheritedHandles(std::span<HANDLE> handles) {
        SIZE_T size = 0;
        InitializeProcThreadAttributeList(nullptr, 1, 0, &size);
        memory_.resize(size);
        InitializeProcThreadAttributeList(list(), 1, 0, &size);
        UpdateProcThreadAttribute(list(), 0, PROC_THREAD_ATTRIBUTE_HANDLE_LIST, handles.data(),
                                  handles.size_bytes(), nullptr, nullptr);
    }
    InheritedHandles(const InheritedHandles&) = delete;
    InheritedHandles& operator=(const InheritedHandles&) = delete;
    ~InheritedHandles() { DeleteProcThreadAttributeList(list()); }
    LPPROC_THREAD_ATTRIBUTE_LIST list() {
        return reinterpret_cast<LPPROC_THREAD_ATTRIBUTE_LIST>(memory_.data());
    }

private:
    std::vector<std::byte> memory_;
};

Handle makeJob(bool endWithIt) {
    Handle job(CreateJobObjectW(nullptr, nullptr));
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits{};
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    if (job && endWithIt)
        SetInformationJobObject(job.get(), JobObjectExtendedLimitInformation, &limits, sizeof limits);
    return job;
}

std::wstring lineOf(std::vector<std::string> command) {
    std::ranges::replace(command.front(), '/', '\\'); // a program is not found by the other ones everywhere
    try {
        return wide(windowsCommandLine(command));
    } catch (const Error& error) {
        throw NotStarted(error.parts());
    }
}

std::string reasonOf(DWORD code, bool missing) {
    return missing ? std::strerror(ENOENT) : meaningOf(code);
}

bool isMissingFile(DWORD code) {
    return code == ERROR_FILE_NOT_FOUND || code == ERROR_PATH_NOT_FOUND || code == ERROR_INVALID_NAME;
}

} // namespace

Handle owned(HANDLE handle) {
    return Handle(handle == INVALID_HANDLE_VALUE ? nullptr : handle);
}

std::wstring wide(const std::string& text) {
    const int bytes = static_cast<int>(text.size());
    std::wstring result(text.size(), L'\0'); // never more units than bytes
    result.resize(
        static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, text.data(), bytes, result.data(), bytes)));
    return result;
}

std::string meaningOf(DWORD code) {
    std::array<wchar_t, 512> text{};
    std::array<char, 3 * text.size()> bytes{}; // a unit of UTF-16 is at most three bytes
    FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, code, 0, text.data(),
                   static_cast<DWORD>(text.size()), nullptr);
    WideCharToMultiByte(CP_UTF8, 0, text.data(), -1, bytes.data(), static_cast<int>(bytes.size()), nullptr,
                        nullptr);
    std::string meaning = bytes.data();
    meaning.erase(meaning.find_last_not_of(". \r\n") + 1);
    return meaning.empty() ? "error " + std::to_string(code) : meaning;
}

NotStarted::NotStarted(const std::string& program, DWORD code)
    : Error("start", program, reasonOf(code, isMissingFile(code)),
            isMissingFile(code) ? "Check that the program is there and can be found" : ""),
      missing_(isMissingFile(code)) {}

Job start(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment,
          const StartOptions& options) {
    std::wstring line = lineOf(command);
    std::wstring variables = environmentWith(environment);
    std::array handles{options.input, options.output, options.errors};
    InheritedHandles inherited(handles);
    STARTUPINFOEXW startup{};
    startup.StartupInfo.cb = options.inheritAll ? sizeof startup.StartupInfo : sizeof startup;
    startup.StartupInfo.dwFlags = STARTF_USESTDHANDLES;
    startup.StartupInfo.hStdInput = options.input;
    startup.StartupInfo.hStdOutput = options.output;
    startup.StartupInfo.hStdError = options.errors;
    startup.lpAttributeList = options.inheritAll ? nullptr : inherited.list();
    // It belongs to the job before it can start anything.
    const DWORD flags = options.creationFlags | CREATE_SUSPENDED | CREATE_UNICODE_ENVIRONMENT |
                        (options.inheritAll ? 0 : EXTENDED_STARTUPINFO_PRESENT);
    PROCESS_INFORMATION made{};
    Job job{makeJob(options.endWithJob), nullptr, 0};
    if (!job.job || !CreateProcessW(nullptr, line.data(), nullptr, nullptr, TRUE, flags, variables.data(),
                                    nullptr, &startup.StartupInfo, &made))
        throw NotStarted(command.front(), GetLastError());
    job.process.reset(made.hProcess);
    job.id = made.dwProcessId;
    const Handle thread(made.hThread);
    if (!AssignProcessToJobObject(job.job.get(), made.hProcess) || ResumeThread(made.hThread) == DWORD(-1)) {
        const DWORD code = GetLastError();
        TerminateProcess(made.hProcess, 1);
        throw NotStarted(command.front(), code);
    }
    return job;
}

std::optional<Seconds> processorTime(const Job& job) {
    JOBOBJECT_BASIC_ACCOUNTING_INFORMATION account{};
    if (!QueryInformationJobObject(job.job.get(), JobObjectBasicAccountingInformation, &account,
                                   sizeof account, nullptr))
        return std::nullopt;
    constexpr double tick = 1e-7; // seconds
    return Seconds(static_cast<double>(account.TotalUserTime.QuadPart + account.TotalKernelTime.QuadPart) *
                   tick);
}

} // namespace greenfront::windows
