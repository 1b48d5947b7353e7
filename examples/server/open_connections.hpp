// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_OPEN_CONNECTIONS_HPP
#define METAPATCH_SERVER_OPEN_CONNECTIONS_HPP

#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <cstddef>
#include <memory>
#include <mutex>
#include <unordered_set>

namespace server {

/// A connection, as others see it. Its members are used on its executor alone.
struct open_connection {
    boost::beast::tcp_stream& stream;
    bool is_idle = false; ///< between two requests
    bool is_over = false;
};

/// All connections, so that they can be counted and ended.
class open_connections {
public:
    /// @return  whether there was room for it
    bool add(std::shared_ptr<open_connection> const& one, std::size_t most)
    {
        std::lock_guard const lock(access_);
        if (all_.size() >= most)
            return false;
        all_.insert(one);
        return true;
    }

    void remove(std::shared_ptr<open_connection> const& one)
    {
        std::lock_guard const lock(access_);
        all_.erase(one);
    }

    std::size_t count() const
    {
        std::lock_guard const lock(access_);
        return all_.size();
    }

    bool are_ending() const noexcept { return are_ending_; }

    /// End what is idle; what is being answered ends itself.
    void end()
    {
        are_ending_ = true;
        std::lock_guard const lock(access_);
        for (auto const& each : all_) {
            boost::asio::post(each->stream.get_executor(), [each] {
                if (each->is_idle && !each->is_over)
                    each->stream.close();
            });
        }
    }

private:
    mutable std::mutex access_;
    std::unordered_set<std::shared_ptr<open_connection>> all_;
    std::atomic<bool> are_ending_ = false;
};

} // namespace server

#endif
