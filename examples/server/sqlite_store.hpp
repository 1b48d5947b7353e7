// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_SQLITE_STORE_HPP
#define METAPATCH_SERVER_SQLITE_STORE_HPP

#include "group_commit.hpp"
#include "sqlite_database.hpp"
#include "store.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace server {

/// Documents in a file of SQLite, which any number of processes may share; or in the memory of this one.
///
/// One thread writes, and takes all that waits into one transaction: the disk is asked once for many changes. In a file
/// readers do not wait for it (WAL), and each has a connection of its own; what is in memory has one connection, for
/// which everybody waits.
class sqlite_store final : public store {
public:
    /// @param path  of the file, or `:memory:`
    /// Exceptions: store_unavailable
    explicit sqlite_store(std::string const& path);

    void read(std::function<void(store_view&)> const& what) override;
    boost::asio::awaitable<void> change(transaction what) override;
    void change_now(transaction what) override;

private:
    using connection = std::unique_ptr<sqlite_database>;

    static connection open(std::string const& path);
    void commit(std::vector<pending_change>& batch);
    void commit_all(sqlite_database& database, std::vector<pending_change>& batch);

    std::string path_;
    bool is_memory_;
    connection writer_;
    std::mutex memory_; ///< of the one connection to what is in memory
    std::mutex idle_readers_;
    std::vector<connection> readers_;
    group_commit commits_; // the last: its thread uses the others
};

} // namespace server

#endif
