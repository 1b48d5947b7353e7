// SPDX-License-Identifier: BSL-1.0
#include "node_process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

extern char** environ;

namespace server {

namespace {

constexpr int channel_of_node = 3;
constexpr std::size_t most_bytes = std::size_t{64} << 20; // of a line: more than what it may say of the largest user

/// What posix_spawn is told: what the process has open, and that it ignores no signals.
struct spawn_rules {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};

    explicit spawn_rules(int channel)
    {
        ::posix_spawn_file_actions_init(&files);
        ::posix_spawn_file_actions_adddup2(&files, channel, channel_of_node);
        for (int const standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
            ::posix_spawn_file_actions_addopen(&files, standard, "/dev/null", O_RDWR, 0);
        ::posix_spawn_file_actions_addclosefrom_np(&files, channel_of_node + 1); // sockets of clients among them
        ::posix_spawnattr_init(&attributes);
        sigset_t normal;
        ::sigemptyset(&normal);
        ::sigaddset(&normal, SIGPIPE);
        ::posix_spawnattr_setsigdefault(&attributes, &normal);
        // A group of its own: who interrupts the server from a terminal lets it end what is being answered.
        ::posix_spawnattr_setpgroup(&attributes, 0);
        ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF);
    }
    ~spawn_rules()
    {
        ::posix_spawn_file_actions_destroy(&files);
        ::posix_spawnattr_destroy(&attributes);
    }
    spawn_rules(spawn_rules const&) = delete;
    spawn_rules& operator=(spawn_rules const&) = delete;
};

/// The environment, without the secrets of this server.
std::vector<char*> environment_of_node()
{
    std::vector<char*> made;
    for (char** each = environ; *each != nullptr; ++each)
        if (!std::string_view(*each).starts_with("METAPATCH_"))
            made.push_back(*each);
    made.push_back(nullptr);
    return made;
}

std::string reason(char const* what, int why)
{
    return std::string(what) + ": " + std::strerror(why);
}

} // namespace

node_process::node_process(std::string const& program, std::vector<std::string> const& arguments)
{
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        throw node_failure(reason("no socket", errno));
    channel_ = ends[0];
    ::fcntl(channel_, F_SETFL, ::fcntl(channel_, F_GETFL) | O_NONBLOCK);

    std::vector<std::string> words{"node", "--eval", program, "--"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> given;
    for (auto& word : words)
        given.push_back(word.data());
    given.push_back(nullptr);
    spawn_rules const rules(ends[1]);
    int const failed =
        ::posix_spawnp(&id_, "node", &rules.files, &rules.attributes, given.data(), environment_of_node().data());
    ::close(ends[1]);
    if (failed == 0)
        return;
    ::close(channel_);
    if (failed == ENOENT)
        throw node_missing("there is no program node on the path");
    throw node_failure(reason("node cannot be started", failed));
}

node_process::~node_process()
{
    ::kill(id_, SIGKILL);
    ::close(channel_);
    while (::waitpid(id_, nullptr, 0) < 0 && errno == EINTR)
        ;
}

void node_process::send(std::string line, time latest)
{
    line += '\n';
    for (std::string_view rest = line; !rest.empty();) {
        auto const written = ::send(channel_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (written >= 0)
            rest.remove_prefix(static_cast<std::size_t>(written));
        else if (errno == EAGAIN)
            wait_for(POLLOUT, latest);
        else if (errno != EINTR)
            throw node_failure("its process has ended");
    }
}

std::string node_process::receive(time latest)
{
    std::size_t seen = 0;
    for (;;) {
        if (auto const end = read_.find('\n', seen); end != std::string::npos) {
            auto line = read_.substr(0, end);
            read_.erase(0, end + 1);
            return line;
        }
        seen = read_.size();
        if (seen > most_bytes)
            throw node_failure("it says more than " + std::to_string(most_bytes) + " bytes at once");
        std::array<char, 65'536> buffer;
        auto const got = ::recv(channel_, buffer.data(), buffer.size(), 0);
        if (got > 0)
            read_.append(buffer.data(), static_cast<std::size_t>(got));
        else if (got < 0 && errno == EAGAIN)
            wait_for(POLLIN, latest);
        else if (got == 0 || errno != EINTR)
            throw node_failure("its process has ended");
    }
}

bool node_process::has_news() const noexcept
{
    pollfd asked{channel_, POLLIN, 0};
    return !read_.empty() || ::poll(&asked, 1, 0) != 0;
}

void node_process::hang_up() noexcept
{
    ::shutdown(channel_, SHUT_RDWR);
}

/// Exceptions: node_failure, when it is too late
void node_process::wait_for(short events, time latest) const
{
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(latest - std::chrono::steady_clock::now()).count();
    pollfd asked{channel_, events, 0};
    constexpr decltype(left) longest = 60'000;
    if (left <= 0)
        throw node_failure("it does not end in time");
    ::poll(&asked, 1, static_cast<int>(std::min(left, longest)));
}

} // namespace server
