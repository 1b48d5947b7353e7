// SPDX-License-Identifier: BSL-1.0
#include "postgresql_store.hpp"

#include "postgresql_connection.hpp"
#include "postgresql_view.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <mutex>
#include <utility>
#include <vector>

namespace server {

namespace asio = boost::asio;

namespace {

constexpr unsigned changes_at_once = 8;
constexpr int attempts = 5;

class postgresql_store final : public store {
public:
    explicit postgresql_store(std::string const& address) : address_(address), workers_(changes_at_once)
    {
        postgresql_connection first(address_);
        bring_up_to_date(first);
        is_partitioned_ = has_partitions_of_users(first);
    }

    ~postgresql_store() override { workers_.join(); }

    void read(std::function<void(store_view&)> const& what) override
    {
        within("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", [&](postgresql_connection& database) {
            postgresql_view view(database, row_locks::none);
            what(view);
        });
    }

    asio::awaitable<void> change(transaction what) override
    {
        auto work = [](postgresql_store& self, transaction does) -> asio::awaitable<void> {
            self.change_now(std::move(does));
            co_return;
        };
        co_await asio::co_spawn(workers_.get_executor(), work(*this, std::move(what)), asio::use_awaitable);
    }

    void change_now(transaction what) override
    {
        for (int left = attempts;; --left) {
            try {
                return within("BEGIN", [&](postgresql_connection& database) {
                    postgresql_view view(database, is_partitioned_ ? row_locks::by_name : row_locks::by_row);
                    view.apply(what(view));
                });
            } catch (postgresql_conflict const&) {
                if (left == 1)
                    throw;
            }
        }
    }

private:
    using connection = std::unique_ptr<postgresql_connection>;

    /// Do something within a transaction. A connection on which anything failed is not used again: its end undoes.
    template<class Function>
    void within(char const* begin, Function what)
    {
        auto own = take();
        own->run(begin);
        what(*own);
        own->run("COMMIT");
        give_back(std::move(own));
    }

    connection take()
    {
        {
            std::lock_guard const lock(access_);
            while (!idle_.empty()) {
                auto found = std::move(idle_.back());
                idle_.pop_back();
                if (found->is_idle())
                    return found;
            }
        }
        auto made = std::make_unique<postgresql_connection>(address_);
        if (is_partitioned_) // a plan for any id would connect to all databases, where one of them may be gone
            made->run("SET plan_cache_mode = force_custom_plan");
        return made;
    }

    void give_back(connection own)
    {
        std::lock_guard const lock(access_);
        idle_.push_back(std::move(own));
    }

    std::string address_;
    bool is_partitioned_ = false;
    std::mutex access_;
    std::vector<connection> idle_;
    asio::thread_pool workers_;
};

} // namespace

std::unique_ptr<store> open_postgresql_store(std::string const& address)
{
    return std::make_unique<postgresql_store>(address);
}

} // namespace server
