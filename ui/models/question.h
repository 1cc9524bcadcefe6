// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
#include "ui/models/workspace_thread.h"

#include <atomic>
#include <cstdint>
#include <memory>
#include <utility>

namespace greenfront::ui {

/// What one view wants to know from the workspace. Asking again, or going away, makes the earlier question
/// stale: it is skipped if it has not begun, and its answer is dropped if it has.
class Question {
public:
    Question() = default;
    Question(const Question&) = delete;
    Question& operator=(const Question&) = delete;
    ~Question() { drop(); }

    /// ask: (store::Workspace&) -> T on the workspace's thread; answer: (T) on the window's thread.
    template <class Ask, class Answer>
    void ask(WorkspaceThread& thread, Ask ask, Answer answer, ProblemSink failed) {
        const std::uint64_t mine = ++*life_;
        waiting_ = true;
        auto current = [life = life_, mine] { return life->load() == mine; };
        auto deliver = [this, current](auto&& reply) -> Reply {
            return [this, current, reply = std::forward<decltype(reply)>(reply)] {
                if (!current())
                    return;
                waiting_ = false;
                reply();
            };
        };
        thread.post([current, deliver, ask = std::move(ask), answer = std::move(answer),
                     failed = std::move(failed)](store::Workspace& workspace) -> Reply {
            if (!current())
                return {};
            try {
                auto found = std::make_shared<decltype(ask(workspace))>(ask(workspace));
                return deliver([answer, found] { answer(std::move(*found)); });
            } catch (...) {
                const Problem problem = problemOf(std::current_exception());
                return deliver([failed, problem] { failed(problem); });
            }
        });
    }

    void drop() {
        ++*life_;
        waiting_ = false;
    }
    bool isWaiting() const { return waiting_; }

private:
    std::shared_ptr<std::atomic<std::uint64_t>> life_ = std::make_shared<std::atomic<std::uint64_t>>(0);
    bool waiting_ = false;
};

} // namespace greenfront::ui
