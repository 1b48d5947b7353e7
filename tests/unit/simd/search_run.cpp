// SPDX-License-Identifier: BSL-1.0
#include <metapatch/simd/search_run.hpp>

#include "../../support.hpp"

#include <array>
#include <boost/test/unit_test.hpp>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(search_run)

namespace {

/// Finds the numbers from 0 on, three at a time.
class counting_search {
public:
    struct task {
        std::size_t end;
    };
    struct findings {
        bool done = false;
        std::size_t counted = 0;
    };

    explicit counting_search(task const& given) noexcept : end_(given.end) {}

    template<class Bytes>
    std::size_t find(std::size_t* out) noexcept
    {
        std::size_t found = 0;
        for (; found < 3 && next_ < end_; ++found)
            out[found] = next_++;
        return found;
    }

    findings so_far() const noexcept { return {next_ == end_, next_}; }

private:
    std::size_t next_ = 0;
    std::size_t end_;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_search_goes_on_where_it_halted_until_it_is_done)
{
    for (auto const instructions : test::every_scan()) {
        for (std::size_t const end : {0U, 1U, 3U, 4U, 10U}) {
            detail::search_run<counting_search> run({end});
            auto const find = detail::place_finder<counting_search>(instructions);
            std::array<std::size_t, 3> places;
            std::size_t expected = 0;
            BOOST_TEST(!run.so_far().done);
            while (!run.so_far().done) {
                auto const found = find(run, places.data());
                for (std::size_t i = 0; i < found; ++i)
                    BOOST_TEST(places[i] == expected++);
                BOOST_TEST(run.so_far().counted == expected);
            }
            BOOST_TEST(expected == end);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
