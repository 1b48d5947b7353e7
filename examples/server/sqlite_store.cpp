// SPDX-License-Identifier: BSL-1.0
#include "sqlite_store.hpp"

#include "sqlite_schema.hpp"
#include "sqlite_view.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <future>
#include <utility>

namespace server {

namespace asio = boost::asio;

namespace {

/// A transaction of SQLite, undone unless it is committed.
class open_transaction {
public:
    open_transaction(sqlite_database& database, char const* begin) : database_(database) { database.do_often(begin); }
    open_transaction(open_transaction const&) = delete;
    open_transaction& operator=(open_transaction const&) = delete;
    ~open_transaction()
    {
        try {
            if (database_.in_transaction())
                database_.do_often("ROLLBACK");
        } catch (store_unavailable const&) {
            // The next BEGIN fails, and says so.
        }
    }

    void commit() { database_.do_often("COMMIT"); }

private:
    sqlite_database& database_;
};

} // namespace

sqlite_store::sqlite_store(std::string const& path)
    : path_(path), is_memory_(path == ":memory:"), writer_(open(path)),
      commits_([this](std::vector<pending_change>& batch) { commit(batch); })
{
}

sqlite_store::connection sqlite_store::open(std::string const& path)
{
    auto opened = std::make_unique<sqlite_database>(path);
    if (path != ":memory:" && !opened->log_ahead())
        throw store_unavailable("SQLite: " + path + " cannot have a write-ahead log");
    // Each commit is on the disk before it is acknowledged. 32 MB of pages are kept.
    opened->run("PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768");
    bring_up_to_date(*opened);
    return opened;
}

void sqlite_store::read(std::function<void(store_view&)> const& what)
{
    if (is_memory_) {
        std::lock_guard const lock(memory_);
        sqlite_view view(*writer_);
        return what(view);
    }
    connection reader;
    {
        std::lock_guard const lock(idle_readers_);
        if (!readers_.empty()) {
            reader = std::move(readers_.back());
            readers_.pop_back();
        }
    }
    if (!reader)
        reader = open(path_);
    {
        open_transaction const snapshot(*reader, "BEGIN");
        sqlite_view view(*reader);
        what(view);
    }
    std::lock_guard const lock(idle_readers_);
    readers_.push_back(std::move(reader));
}

asio::awaitable<void> sqlite_store::change(transaction what)
{
    auto begin = [this, &what](auto on_done) {
        auto const executor = asio::get_associated_executor(on_done);
        auto const waiting = std::make_shared<decltype(on_done)>(std::move(on_done));
        auto const work = std::make_shared<asio::executor_work_guard<decltype(executor)>>(executor);
        commits_.add({std::move(what), [waiting, work](std::exception_ptr failed) {
                          asio::post(work->get_executor(), [waiting, work, failed] { (*waiting)(failed); });
                      }});
    };
    co_await asio::async_initiate<asio::use_awaitable_t<> const, void(std::exception_ptr)>(begin, asio::use_awaitable);
}

void sqlite_store::change_now(transaction what)
{
    std::promise<void> promise;
    auto done = promise.get_future();
    commits_.add({std::move(what), [&promise](std::exception_ptr failed) {
                      failed ? promise.set_exception(failed) : promise.set_value();
                  }});
    done.get();
}

void sqlite_store::commit(std::vector<pending_change>& batch)
{
    std::unique_lock lock(memory_, std::defer_lock);
    if (is_memory_)
        lock.lock();
    try {
        commit_all(*writer_, batch);
    } catch (sqlite_full const&) {
        if (is_memory_)
            throw;
        // What the log holds has its place in the file, mostly: then the log gives back its own.
        writer_->run("PRAGMA wal_checkpoint(TRUNCATE)");
        commit_all(*writer_, batch);
    }
}

void sqlite_store::commit_all(sqlite_database& database, std::vector<pending_change>& batch)
{
    open_transaction all(database, "BEGIN IMMEDIATE");
    sqlite_view view(database);
    for (auto& each : batch) {
        writes asked;
        each.failed = nullptr;
        try {
            asked = each.what(view);
        } catch (...) { // before anything of it was written
            each.failed = std::current_exception();
            continue;
        }
        view.apply(asked);
    }
    all.commit();
}

} // namespace server
