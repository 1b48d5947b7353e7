// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_IO_THREADS_HPP
#define METAPATCH_SERVER_IO_THREADS_HPP

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <cstddef>
#include <memory>
#include <thread>
#include <vector>

namespace server {

/// Threads, each with a context of its own: all that a connection does is on one of them, and needs no locks.
class io_threads {
public:
    explicit io_threads(unsigned count)
    {
        for (unsigned i = 0; i < count; ++i)
            contexts_.push_back(std::make_unique<boost::asio::io_context>(1)); // one thread runs it
    }

    /// The one of whoever accepts connections.
    boost::asio::io_context& first() noexcept { return *contexts_.front(); }

    /// The one of another connection; in turn.
    boost::asio::io_context& next() noexcept { return *contexts_[next_++ % contexts_.size()]; }

    /// Run all of them, one on this thread, until they are stopped.
    void run()
    {
        std::vector<std::jthread> others;
        for (std::size_t i = 1; i < contexts_.size(); ++i)
            others.emplace_back([this, i] {
                auto const stays = boost::asio::make_work_guard(*contexts_[i]);
                contexts_[i]->run();
            });
        first().run();
    }

    void stop()
    {
        for (auto const& each : contexts_)
            each->stop();
    }

private:
    std::vector<std::unique_ptr<boost::asio::io_context>> contexts_;
    std::size_t next_ = 0;
};

} // namespace server

#endif
