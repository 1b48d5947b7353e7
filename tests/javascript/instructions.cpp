// SPDX-License-Identifier: BSL-1.0

// What holds of the questions about 64 bytes, of the instructions that a module of WebAssembly is compiled with: a module of
// its own, which counts what is wrong.

#include <metapatch/simd/vectors64.hpp>

static int wrong = 0;

#define BOOST_TEST(condition) wrong += (condition) ? 0 : 1
#define BOOST_TEST_REQUIRE(condition) BOOST_TEST(condition)

#include "../unit/simd/bytes64_checks.hpp"

extern "C" {

[[clang::export_name("fastest")]] int fastest()
{
    return static_cast<int>(metapatch::fastest_scan());
}

[[clang::export_name("wrong")]] int wrong_answers()
{
    metapatch::test::check_all<metapatch::detail::baseline_bytes>();
    return wrong;
}
}
