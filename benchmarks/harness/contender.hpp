// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_BENCHMARKS_HARNESS_CONTENDER_HPP
#define METAPATCH_BENCHMARKS_HARNESS_CONTENDER_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

/// Readable bytes behind both texts: some parsers ask for them, and a server can arrange it.
inline constexpr std::size_t padding = 64;

/// What every contender is given.
struct job {
    std::string_view stored; ///< empty where nothing is stored
    std::string_view body;   ///< what is to be done to it: the patch, or a request's body
    std::size_t number;      ///< among those that a contender was made for
};

/// Jobs of one shape, done in turn: a processor would learn the branches of a single short text by heart.
struct jobs {
    std::string_view task; ///< what is to be done, where a program knows more than one thing
    std::vector<job> all;
    std::size_t longest_stored = 0;
    std::size_t longest_body = 0;
};

/// One way to do jobs. What can be kept from call to call (memory, parsers) is made by the constructor.
class contender {
public:
    contender() = default;
    contender(contender const&) = delete;
    contender& operator=(contender const&) = delete;
    virtual ~contender() = default;

    /// From the two texts of a job to the text of the result.
    virtual void run(bench::job const& job) = 0;

    /// The result of the last run.
    virtual std::string_view text() = 0;
};

enum class role {
    ours,
    peer,
    bound, ///< does a part of the job only; its time is something to compare with, its result is not
};

struct entry {
    std::string name;
    bench::role role;
    std::unique_ptr<bench::contender> contender;
};

template<class Contender, class... Arguments>
void enter(std::vector<entry>& entries, std::string name, role as, Arguments&&... arguments)
{
    entries.push_back({std::move(name), as, std::make_unique<Contender>(std::forward<Arguments>(arguments)...)});
}

/// A way that keeps nothing from call to call: a function from a job to a string.
template<class Function>
class function_contender : public contender {
public:
    explicit function_contender(Function function) : function_(std::move(function)) {}

    void run(bench::job const& job) override { text_ = function_(job); }
    std::string_view text() override { return text_; }

private:
    Function function_;
    std::string text_;
};

template<class Function>
void enter_function(std::vector<entry>& entries, std::string name, role as, Function function)
{
    enter<function_contender<Function>>(entries, std::move(name), as, std::move(function));
}

/// A library and its ways to do a job.
struct library {
    std::string name; ///< empty where it is part of the language
    std::string version;
    void (*enter)(std::vector<entry>&, jobs const&);
};

/// Those that this program was built with: each source file of a library adds it by a static `enlist`.
inline std::vector<library>& libraries()
{
    static std::vector<library> all;
    return all;
}

struct enlist {
    explicit enlist(library each) { libraries().push_back(std::move(each)); }
};

} // namespace bench

#endif
