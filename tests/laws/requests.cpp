// SPDX-License-Identifier: BSL-1.0
#include "marked_text.hpp"
#include "request_laws.hpp"
#include "request_writer.hpp"

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

using namespace metapatch;

BOOST_AUTO_TEST_SUITE(laws_of_requests)

namespace {

auth0::resource const& any_resource(model::generator& random)
{
    return *auth0::resources[random.below(auth0::resources.size())];
}

/// Check one case; where a law is broken, the complaint tells the seed.
template<class Check>
void of_seed(std::uint64_t seed, Check check)
{
    model::generator random(seed);
    try {
        check(random);
    } catch (laws::broken_law const& broken) {
        throw laws::broken_law("seed " + std::to_string(seed) + ", " + broken.what());
    }
}

/// A user full of marks that stand for something longer.
std::string marked_user(laws::marked_writer& writer, model::generator& random)
{
    std::string text = "{\"user_id\":\"me\"\r";
    for (std::string_view const name : {"user_metadata", "other", "app_metadata", "identities", "multifactor"}) {
        if (random.one_in(4))
            continue;
        text.append(",\"").append(name) += "\"\r:\r";
        text += name.ends_with("metadata") ? writer.object(2) : writer.value(3);
    }
    return text + "\r}\r";
}

/// How long the marks become, so that a byte of a text lies where a step ends, give or take a few.
laws::widening widened(std::string_view text, std::size_t at, model::generator& random)
{
    laws::widening::lengths bytes{};
    for (auto& each : bytes)
        each = random.one_in(3) ? random.below(random.one_in(6) ? 1'500 : 150) : 0;
    auto const seed = random.next();
    auto const place = (1 + random.below(2)) * detail::bytes_at_once + random.below(141) - 70;
    return laws::widening(laws::widening(bytes, seed).landing(text, at, place, random.below(64)), seed);
}

} // namespace

BOOST_AUTO_TEST_CASE(requests_as_texts_keep_the_laws)
{
    std::size_t changed = 0;
    std::size_t refused = 0;
    for (std::uint64_t seed = 0; seed < 6'000; ++seed) {
        of_seed(seed, [&](auto& random) {
            laws::request_writer writer(random);
            auto const stored = random.one_in(20) ? std::nullopt : std::optional(writer.user());
            auto const body = writer.body();
            auto const on = laws::random_requester(random);
            laws::check_requests(on, stored, body, any_resource(random));
            auto const made = auth0::update_user(stored, on.token(), "me", body, on.rules);
            (made ? changed : refused) += 1;
        });
    }
    BOOST_TEST(changed > 1'000U);
    BOOST_TEST(refused > 1'500U);
}

BOOST_AUTO_TEST_CASE(damaged_texts_keep_them_too)
{
    for (std::uint64_t seed = 0; seed < 6'000; ++seed) {
        of_seed(seed, [](auto& random) {
            laws::request_writer writer(random);
            laws::marked_writer vandal(random, false);
            auto stored = writer.user();
            auto body = writer.body();
            vandal.damage(random.one_in(3) ? body : stored);
            if (random.one_in(4) && !stored.empty())
                vandal.damage(stored);
            laws::check_requests(laws::random_requester(random), stored, body, any_resource(random));
        });
    }
}

BOOST_AUTO_TEST_CASE(texts_of_several_steps_keep_them_wherever_a_step_ends)
{
    for (std::uint64_t seed = 0; seed < 400; ++seed) {
        of_seed(seed, [](auto& random) {
            laws::marked_writer writer(random);
            auto stored = marked_user(writer, random);
            auto const body = random.one_in(8) ? R"({"user_metadata":)" + writer.object(2) + "}"
                                               : laws::request_writer(random).body();
            auto const at = random.one_in(4) ? writer.damage(stored) : random.below(stored.size());
            auto const wide = widened(stored, at, random);
            laws::plain_numbers plain; // or there would be no way by DOMs
            laws::check_requests(laws::random_requester(random), plain.in(wide.of(stored)), plain.in(wide.of(body)),
                                 any_resource(random));
        });
    }
}

BOOST_AUTO_TEST_SUITE_END()
