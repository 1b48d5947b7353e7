// SPDX-License-Identifier: BSL-1.0
#include "process.hpp"

#include "errors.hpp"
#include "interruption.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <initializer_list>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

extern char** environ;

namespace metapatch::conformance {

namespace {

struct pipe_ends {
    int read = -1;
    int write = -1;
};

pipe_ends make_pipe()
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        throw no_driver(std::string("no pipe: ") + std::strerror(errno));
    for (int const each : ends)
        ::fcntl(each, F_SETFD, FD_CLOEXEC);
    return {ends[0], ends[1]};
}

void close_once(int& descriptor)
{
    if (descriptor >= 0)
        ::close(descriptor);
    descriptor = -1;
}

void never_block(int descriptor)
{
    ::fcntl(descriptor, F_SETFL, ::fcntl(descriptor, F_GETFL) | O_NONBLOCK);
}

/// Frees what posix_spawn is told with.
struct spawn_rules {
    posix_spawn_file_actions_t actions{};
    posix_spawnattr_t attributes{};

    spawn_rules()
    {
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawnattr_init(&attributes);
        // A group of its own: what it starts can be ended with it. And what we ignore, it need not.
        sigset_t normal;
        ::sigemptyset(&normal);
        for (int const signal : {SIGPIPE, SIGINT, SIGTERM, SIGHUP})
            ::sigaddset(&normal, signal);
        ::posix_spawnattr_setsigdefault(&attributes, &normal);
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    }
    ~spawn_rules()
    {
        ::posix_spawn_file_actions_destroy(&actions);
        ::posix_spawnattr_destroy(&attributes);
    }
    spawn_rules(spawn_rules const&) = delete;
    spawn_rules& operator=(spawn_rules const&) = delete;
};

} // namespace

child_process::child_process(std::vector<std::string> const& command, bool show_errors)
{
    auto to_child = make_pipe();
    auto from_child = make_pipe();
    auto errors = show_errors ? pipe_ends() : make_pipe();
    input_ = to_child.write;
    output_ = from_child.read;
    error_ = errors.read;
    for (int const each : {input_, output_, error_}) {
        if (each >= 0)
            never_block(each);
    }

    spawn_rules rules;
    ::posix_spawn_file_actions_adddup2(&rules.actions, to_child.read, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&rules.actions, from_child.write, STDOUT_FILENO);
    if (!show_errors)
        ::posix_spawn_file_actions_adddup2(&rules.actions, errors.write, STDERR_FILENO);
    std::vector<char*> arguments;
    for (auto const& each : command)
        arguments.push_back(const_cast<char*>(each.c_str())); // posix_spawn does not change them
    arguments.push_back(nullptr);
    int const error = ::posix_spawnp(&pid_, arguments[0], &rules.actions, &rules.attributes, arguments.data(), environ);
    close_once(to_child.read);
    close_once(from_child.write);
    close_once(errors.write);
    if (error != 0) {
        pid_ = -1;
        close_once(input_);
        close_once(output_);
        close_once(error_);
        throw no_driver(command[0] + ": " + std::strerror(error));
    }
}

child_process::~child_process()
{
    close_once(input_);
    close_once(output_);
    close_once(error_);
    if (pid_ < 0)
        return;
    ::kill(-pid_, SIGKILL); // what it left behind too, where it has ended; until it is waited for, the id stays its own
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
}

void child_process::take_errors()
{
    std::array<char, 4096> some{};
    for (;;) {
        auto const count = ::read(error_, some.data(), some.size());
        if (count <= 0) {
            if (count == 0 || errno != EAGAIN)
                close_once(error_);
            break;
        }
        errors_.append(some.data(), static_cast<std::size_t>(count));
        if (errors_.size() > 4000)
            errors_.erase(0, errors_.size() - 2000);
    }
}

bool child_process::wait(short input_events, deadline until)
{
    throw_if_interrupted();
    // A descriptor that nothing is asked of is left out: it might be ready for ever.
    std::array<pollfd, 3> watched{
        {{output_, POLLIN, 0}, {error_, POLLIN, 0}, {input_events != 0 ? input_ : -1, input_events, 0}}};
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now()).count();
    if (left <= 0)
        return false;
    int const ready = ::poll(watched.data(), watched.size(), static_cast<int>(std::min<long long>(left, 60'000)));
    throw_if_interrupted();
    can_read_ = ready > 0 && watched[0].revents != 0;
    can_write_ = ready > 0 && watched[2].revents != 0;
    if (ready > 0 && watched[1].revents != 0)
        take_errors();
    return true;
}

line_end child_process::exchange(std::string_view text, std::string& line, deadline until)
{
    line.clear();
    std::size_t searched = 0;
    static thread_local std::vector<char> some(std::size_t{1} << 16);
    for (;;) {
        if (auto const end = read_.find('\n', searched); end != std::string::npos) {
            line = read_.substr(0, end);
            read_.erase(0, end + 1);
            return line_end::line;
        }
        searched = read_.size();
        auto const give_up = [&](line_end how) {
            line = std::move(read_);
            read_.clear();
            return how;
        };
        if (read_.size() > max_line_bytes)
            return give_up(line_end::too_long);
        if (!wait(text.empty() || input_ < 0 ? short{0} : short{POLLOUT}, until))
            return give_up(line_end::timed_out);
        if (can_write_) {
            auto const count = ::write(input_, text.data(), text.size());
            if (count > 0)
                text.remove_prefix(static_cast<std::size_t>(count));
            else if (errno != EAGAIN && errno != EINTR)
                close_once(input_); // it does not listen any more, but may have something to say
        }
        if (can_read_) {
            auto const count = ::read(output_, some.data(), some.size());
            if (count > 0)
                read_.append(some.data(), static_cast<std::size_t>(count));
            else if (count == 0 || (errno != EAGAIN && errno != EINTR))
                return give_up(line_end::closed);
        }
    }
}

std::optional<process_end> child_process::finish(deadline until)
{
    close_once(input_);
    for (;;) {
        siginfo_t info{};
        auto const looked = ::waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOHANG | WNOWAIT);
        if (error_ >= 0)
            take_errors();
        if (looked == 0 && info.si_pid == pid_)
            return process_end{info.si_code != CLD_EXITED, info.si_status};
        if (std::chrono::steady_clock::now() > until)
            return std::nullopt;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

std::string process_end::words() const
{
    if (!by_signal)
        return "with status " + std::to_string(number);
    char const* const name = ::strsignal(number);
    return "by signal " + std::to_string(number) + (name != nullptr ? std::string(" (") + name + ")" : "");
}

} // namespace metapatch::conformance
