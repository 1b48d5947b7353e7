// SPDX-License-Identifier: BSL-1.0
#include "group_commit.hpp"

#include <utility>

namespace server {

group_commit::group_commit(std::function<void(std::vector<pending_change>&)> commit)
    : commit_(std::move(commit)), thread_([this] { run(); })
{
}

group_commit::~group_commit()
{
    {
        std::lock_guard const lock(access_);
        ends_ = true;
    }
    has_work_.notify_one();
    thread_.join();
}

void group_commit::add(pending_change change)
{
    {
        std::lock_guard const lock(access_);
        waiting_.push_back(std::move(change));
    }
    has_work_.notify_one();
}

void group_commit::run()
{
    std::vector<pending_change> batch;
    for (;;) {
        {
            std::unique_lock lock(access_);
            has_work_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
            if (waiting_.empty())
                return;
            batch.swap(waiting_);
        }
        try {
            commit_(batch);
        } catch (...) {
            for (auto& each : batch)
                each.failed = std::current_exception();
        }
        for (auto& each : batch)
            each.done(each.failed);
        batch.clear();
    }
}

} // namespace server
