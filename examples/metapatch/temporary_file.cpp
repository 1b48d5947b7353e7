// SPDX-License-Identifier: BSL-1.0
#include "temporary_file.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <initializer_list>
#include <unistd.h>

namespace tool {

namespace {

constexpr std::initializer_list<int> ending_signals{SIGHUP, SIGINT, SIGTERM};

/// While it lives those signals wait.
class without_signals {
public:
    without_signals()
    {
        sigset_t ending;
        sigemptyset(&ending);
        for (int const each : ending_signals)
            sigaddset(&ending, each);
        ::sigprocmask(SIG_BLOCK, &ending, &before_);
    }
    without_signals(without_signals const&) = delete;
    without_signals& operator=(without_signals const&) = delete;
    ~without_signals() { ::sigprocmask(SIG_SETMASK, &before_, nullptr); }

private:
    sigset_t before_{};
};

} // namespace

temporary_file* temporary_file::first = nullptr;

temporary_file::temporary_file(std::string const& beside) : path_(beside + ".XXXXXX")
{
    without_signals const quiet;
    descriptor_ = ::mkostemp(path_.data(), O_CLOEXEC);
    is_there_ = descriptor_ >= 0;
    if (is_there_)
        enlist();
}

temporary_file::~temporary_file()
{
    if (!is_there_)
        return;
    without_signals const quiet;
    unlist();
    ::unlink(path_.c_str());
}

bool temporary_file::rename_to(std::string const& path)
{
    without_signals const quiet;
    if (::rename(path_.c_str(), path.c_str()) != 0)
        return false;
    unlist();
    is_there_ = false;
    return true;
}

void temporary_file::enlist()
{
    for (int const each : ending_signals) {
        struct sigaction known {};
        // What the caller has ignored, as `nohup` does, stays ignored.
        if (first != nullptr || ::sigaction(each, nullptr, &known) != 0 || known.sa_handler != SIG_DFL)
            continue;
        known.sa_handler = &temporary_file::remove_all;
        known.sa_flags = static_cast<int>(SA_RESETHAND);
        ::sigaction(each, &known, nullptr);
    }
    next_ = first;
    if (first != nullptr)
        first->previous_ = this;
    first = this;
}

void temporary_file::unlist()
{
    (previous_ != nullptr ? previous_->next_ : first) = next_;
    if (next_ != nullptr)
        next_->previous_ = previous_;
}

void temporary_file::remove_all(int signal) noexcept
{
    for (auto const* each = first; each != nullptr; each = each->next_)
        ::unlink(each->path_.c_str());
    std::raise(signal); // which is now what it was: the end
}

} // namespace tool
