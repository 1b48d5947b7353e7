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
    /// The place of one, for as long as this lives. It is taken when it is accepted: of many at once the first have it,
    /// whichever threads serve them.
    class place {
    public:
        place(open_connections& all, std::size_t most) : all_(all), is_taken_(all.places_++ < most)
        {
            if (!is_taken_)
                --all.places_;
        }
        place(place const&) = delete;
        place& operator=(place const&) = delete;
        ~place()
        {
            if (is_taken_)
                --all_.places_;
        }

        bool is_taken() const noexcept { return is_taken_; }

    private:
        open_connections& all_;
        bool is_taken_;
    };

    void add(std::shared_ptr<open_connection> const& one)
    {
        std::lock_guard const lock(access_);
        all_.insert(one);
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
    std::atomic<std::size_t> places_ = 0;
    std::atomic<bool> are_ending_ = false;
};

} // namespace server

#endif
