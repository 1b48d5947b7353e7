// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SERVER_LOGIN_SCRIPTS_HPP
#define METAPATCH_SERVER_LOGIN_SCRIPTS_HPP

#include "node_process.hpp"
#include "settings.hpp"

#include <boost/asio/thread_pool.hpp>
#include <boost/json/object.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace server {

/// The scripts of a login, and the processes that run them: each runs one login at a time, so that what one of them does
/// to its process is no other's loss.
class login_scripts {
public:
    /// What a script asks for and says while it runs.
    struct listener {
        std::function<boost::json::object(boost::json::object const& call)> answer;
        std::function<void(std::string_view text)> log;
    };

    /// A process that one login has for itself.
    class worker {
    public:
        explicit worker(login_scripts& of);
        worker(worker const&) = delete;
        worker& operator=(worker const&) = delete;
        /// The process goes on for other logins, unless it has failed.
        ~worker();

        /// Ask for scripts to be run, and wait for what they come to.
        /// @param hear  is called meanwhile
        /// Exceptions:  node_failure
        boost::json::object ask(boost::json::object const& what, listener const& hear);

    private:
        login_scripts& of_;
        node_process::time latest_;
        std::unique_ptr<node_process> process_;
    };

    /// Reads the scripts, and starts a process with them.
    /// Exceptions: startup_error
    explicit login_scripts(settings const& from);
    login_scripts(login_scripts const&) = delete;
    login_scripts& operator=(login_scripts const&) = delete;
    /// What is running fails; `threads()` must have been joined.
    ~login_scripts() = default;

    std::size_t rules() const noexcept { return rules_; }
    std::size_t actions() const noexcept { return actions_; }

    /// Where logins wait for their scripts, as many at once as there are threads.
    boost::asio::thread_pool& threads() noexcept { return threads_; }

    /// End what runs, and start nothing more.
    void stop() noexcept;

private:
    std::unique_ptr<node_process> start();
    std::unique_ptr<node_process> take();
    void give_back(std::unique_ptr<node_process> process);

    std::vector<std::string> folders_; ///< of Rules, of Actions
    std::chrono::seconds timeout_;
    std::size_t rules_ = 0;
    std::size_t actions_ = 0;
    boost::asio::thread_pool threads_;

    std::mutex access_;
    std::vector<std::unique_ptr<node_process>> idle_;
    std::set<node_process*> busy_;
    bool is_ending_ = false;
};

} // namespace server

#endif
