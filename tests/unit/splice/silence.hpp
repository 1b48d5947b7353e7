// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_UNIT_SPLICE_SILENCE_HPP
#define METAPATCH_TESTS_UNIT_SPLICE_SILENCE_HPP

#include <cstddef>
#include <metapatch/splice/merge_plan.hpp>

namespace metapatch::test {

/// Is told of what a plan meets, and does nothing.
struct silence {
    void begin(detail::plan_number) {}
    void met(detail::plan_number) {}
    void left(detail::plan_number) {}
    detail::copy_target target(std::size_t) const noexcept { return {}; }
    void copied(std::size_t, std::size_t) {}
};

template<class... Index>
void read_silently(detail::merge_plan& plan, Index const&... index)
{
    silence nobody;
    plan.read(index..., nobody);
}

} // namespace metapatch::test

#endif
