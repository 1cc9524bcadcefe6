// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/nn/runtime.h"

#include "core/nn/gemm.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <torch/torch.h>

namespace greenfront::nn {
namespace {

thread_local int wantedThreads = 1;

} // namespace

void setThreads(int threads) {
    wantedThreads = std::max(1, threads);
    at::set_num_threads(1);
    keepProductsSingleThreaded();
}

int threads() {
    return wantedThreads;
}

int defaultThreads() {
    return static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

void parallel(std::size_t count, const std::function<void(std::size_t)>& body) {
    std::atomic<std::size_t> next{0};
    std::exception_ptr failure;
    std::mutex failureMutex;
    keepProductsSingleThreaded();
    const auto work = [&] {
        at::set_num_threads(1);
        try {
            for (std::size_t i = next++; i < count; i = next++)
                body(i);
        } catch (...) {
            next = count;
            const std::lock_guard lock(failureMutex);
            if (!failure)
                failure = std::current_exception();
        }
    };
    std::vector<std::thread> helpers;
    for (std::size_t i = 1; i < std::min(count, static_cast<std::size_t>(wantedThreads)); ++i)
        helpers.emplace_back(work);
    work();
    for (std::thread& helper : helpers)
        helper.join();
    if (failure)
        std::rethrow_exception(failure);
}

OperatorThreads::OperatorThreads(int threads) {
    at::set_num_threads(std::max(1, threads));
}
OperatorThreads::~OperatorThreads() {
    at::set_num_threads(1);
}

std::string libraryVersion() {
    return std::string("LibTorch ") + TORCH_VERSION;
}

} // namespace greenfront::nn
