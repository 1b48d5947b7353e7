// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_GROUP_COMMIT_HPP
#define METAPATCH_SERVER_GROUP_COMMIT_HPP

#include "store.hpp"

#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace server {

/// A change that somebody waits for.
struct pending_change {
    transaction what;
    std::function<void(std::exception_ptr)> done; ///< called once, with why it has failed
    std::exception_ptr failed{};
};

/// A thread that commits what waits, all of it at once, while more comes.
class group_commit {
public:
    /// @param commit  commits a batch, and notes in each change whether it has failed; it throws where all have
    explicit group_commit(std::function<void(std::vector<pending_change>&)> commit);

    /// Commits what waits, and ends.
    ~group_commit();
    group_commit(group_commit const&) = delete;
    group_commit& operator=(group_commit const&) = delete;

    void add(pending_change change);

private:
    void run();

    std::function<void(std::vector<pending_change>&)> commit_;
    std::mutex access_;
    std::condition_variable has_work_;
    std::vector<pending_change> waiting_;
    bool ends_ = false;
    std::thread thread_;
};

} // namespace server

#endif
