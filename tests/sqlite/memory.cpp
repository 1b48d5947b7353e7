// SPDX-License-Identifier: BSL-1.0
// The extension in a program that SQLite is linked into, where memory runs out: for what C++ asks for and for what SQLite
// asks for, at each place in turn.
#include "../allocation/counting.hpp"

#include <extension.hpp>

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <iterator>
#include <limits>
#include <memory>
#include <string>

namespace {

using metapatch::test::heap;

/// SQLite's memory: the C library's, until so many allocations were made.
struct sqlite_heap {
    static constexpr std::size_t any = std::numeric_limits<std::size_t>::max();
    static inline std::size_t left = any;
    static inline sqlite3_mem_methods usual{};

    static bool has_more() noexcept
    {
        if (left == 0)
            return false;
        left -= left != any ? 1 : 0;
        return true;
    }

    /// Before SQLite is first used.
    static void install()
    {
        BOOST_REQUIRE_EQUAL(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual), SQLITE_OK);
        auto mine = usual;
        mine.xMalloc = [](int bytes) { return has_more() ? usual.xMalloc(bytes) : nullptr; };
        mine.xRealloc = [](void* memory, int bytes) { return has_more() ? usual.xRealloc(memory, bytes) : nullptr; };
        BOOST_REQUIRE_EQUAL(sqlite3_config(SQLITE_CONFIG_MALLOC, &mine), SQLITE_OK);
    }
};

/// Every connection has the functions.
struct linked_extension {
    linked_extension()
    {
        sqlite_heap::install();
        auto* const entry = reinterpret_cast<void (*)()>(sqlite3_metapatch_init);
        BOOST_REQUIRE_EQUAL(sqlite3_auto_extension(entry), SQLITE_OK);
    }
    ~linked_extension() { sqlite3_shutdown(); }
};

using connection = std::unique_ptr<sqlite3, decltype(&sqlite3_close)>;

connection opened()
{
    sqlite3* database = nullptr;
    BOOST_REQUIRE_EQUAL(sqlite3_open(":memory:", &database), SQLITE_OK);
    return {database, sqlite3_close};
}

/// What a statement ends with, and the text of its only value; "" of NULL.
struct ending {
    int code = SQLITE_OK;
    std::string value{};
};

ending run(sqlite3* database, char const* statement)
{
    sqlite3_stmt* prepared = nullptr;
    ending made{sqlite3_prepare_v2(database, statement, -1, &prepared, nullptr)};
    while (made.code == SQLITE_OK || made.code == SQLITE_ROW) {
        made.code = sqlite3_step(prepared);
        // A test's own copy does not fail.
        auto const left = heap::left;
        heap::never_fail();
        if (auto const* const bytes = made.code == SQLITE_ROW ? sqlite3_column_text(prepared, 0) : nullptr)
            made.value = reinterpret_cast<char const*>(bytes);
        heap::left = left;
    }
    sqlite3_finalize(prepared);
    return made;
}

constexpr char const* statements[] = {
    R"(SELECT metapatch_apply('auth0.user_metadata', '{"a":{"b":1}}', '{"a":{"c":2},"\u0064":"long enough for the heap"}'))",
    R"(SELECT metapatch_apply('{"extends":"auth0.user_metadata","keys":{"reserved":["a","b"]}}', NULL, '{"c":1}'))",
    R"(SELECT metapatch_apply('auth0.user_metadata', NULL, '{"a.long.key.with.dots.in.it":1,"$":2}'))",
    R"(SELECT metapatch_apply('rfc7396', '[1,2,3]', '"a document that is no object but a text"'))",
    R"(SELECT metapatch_apply('{"limits":{"max_member":1},"none":2}', NULL, NULL))",
    R"(SELECT count(*) || value FROM metapatch_try_apply('first_level', '{"a":1}', '{"b":"a value that is long enough"}'))",
    R"(SELECT group_concat(code || pointer) FROM metapatch_validate('auth0.user_metadata', NULL, '{"a.b":1,"c":{"$d":1}}'))",
    R"(SELECT metapatch_diff('auth0.user_metadata', '{"a":{"b":1},"c":12345678901234567890123}', '{"a":{"b":2}}'))",
    R"(SELECT group_concat(body) FROM metapatch_diff('rfc7396', '{"a":{"b":1,"c":2}}', '{"a":{"b":2}}'))",
    R"(SELECT group_concat(pointer) FROM metapatch_losses('first_level', '{"a":{"b":1,"c":2}}', '{"a":{}}'))",
    R"(SELECT metapatch_size('{ "a" : [1, 2, "\u0041"] }'))",
    R"(SELECT metapatch_merge('auth0.user_metadata', '{"a":1,"b":{"c":1}}', '{"a":2,"b":{"c":1}}', '{"a":1,"b":{"c":3}}'))",
    R"(SELECT metapatch_compose('auth0.user_metadata', value) FROM json_each('["{\"a\":1}","{\"a\":null}","{\"b\":{}}"]'))",
    R"(SELECT metapatch_authorize('PATCH /users/{id}', 'read:users', 'auth0|1', 'auth0|2', '["user_metadata","app_metadata"]'))",
    R"(SELECT metapatch_update_user('{"user_id":"auth0|1"}', 'update:users', NULL, 'auth0|1', '{"user_metadata":{"a":1}}'))",
    R"(SELECT metapatch_update_user('{"user_id":"auth0|1"}', 'read:users', NULL, 'auth0|1', '{"user_metadata":{"a":1}}'))",
};

/// Until nothing fails any more: an answer that memory was enough for is the right one, and nothing is left behind.
///
/// @param grant  says how many allocations are made before one fails
template<class Grant>
void fail_everywhere(Grant grant)
{
    std::size_t in_all = 0; // one statement wants no memory
    for (auto const* const statement : statements) {
        BOOST_TEST_CONTEXT(statement)
        {
            auto const database = opened();
            auto const right = run(database.get(), statement);
            auto const live = heap::live;
            std::size_t failed = 0;
            for (bool is_done = false; !is_done; ++failed) {
                BOOST_REQUIRE(failed < 5'000);
                {
                    grant(failed);
                    auto const made = run(database.get(), statement);
                    grant(sqlite_heap::any);
                    is_done = made.code != SQLITE_NOMEM;
                    BOOST_REQUIRE(!is_done || (made.code == right.code && made.value == right.value));
                }
                BOOST_REQUIRE_EQUAL(heap::live, live);
            }
            in_all += failed - 1;
        }
    }
    BOOST_TEST(in_all > std::size(statements));
}

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(linked_extension);

BOOST_AUTO_TEST_SUITE(sqlite_memory)

BOOST_AUTO_TEST_CASE(every_connection_of_a_program_has_the_functions)
{
    auto const database = opened();
    auto const made = run(database.get(), statements[0]);
    BOOST_TEST(made.code == SQLITE_DONE);
    BOOST_TEST(made.value == R"({"a":{"c":2},"\u0064":"long enough for the heap"})");
}

BOOST_AUTO_TEST_CASE(memory_that_runs_out_in_the_library_is_an_error_of_sqlite)
{
    fail_everywhere([](std::size_t granted) { heap::left = granted; });
}

BOOST_AUTO_TEST_CASE(memory_that_runs_out_in_sqlite_is_its_error_too)
{
    fail_everywhere([](std::size_t granted) { sqlite_heap::left = granted; });
}

BOOST_AUTO_TEST_SUITE_END()
