// SPDX-License-Identifier: BSL-1.0
// The text layer against the DOM layer: on random texts, also mutated ones, both give the same field or the same
// violations, whatever the policy, the instructions and the form of the output. Numbers are integers here: those that a
// DOM writes otherwise are checked apart.
#include "random.hpp"

#include "../support.hpp"
#include "stored_value.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/patch/apply.hpp>
#include <metapatch/splice/splice.hpp>

using namespace metapatch;

namespace {

using text = std::optional<std::string>;

std::optional<std::string_view> view(text const& stored)
{
    return stored ? std::optional<std::string_view>(*stored) : std::nullopt;
}

/// Writes texts of every kind: white space, escaped and repeated keys, nesting.
class writer {
public:
    explicit writer(model::generator& random) : random_(random) {}

    std::string object(std::size_t levels = 4)
    {
        auto const members = random_.one_in(20) ? random_.below(40) : random_.below(8);
        std::string out = space() + "{" + space();
        for (std::size_t i = 0; i < members; ++i) {
            out += (i > 0 ? "," : "") + space() + key() + space() + ":";
            out += space() + value(levels - 1) + space();
        }
        return out + "}" + space();
    }

    std::string value(std::size_t levels)
    {
        static constexpr std::array<char const*, 6> scalars{
            "null", "true", "false", "\"s,{}[]\\\"\\\\ \\u00e9\"", "\"\"", "18446744073709551615"};
        if (levels == 0 || random_.one_in(2))
            return random_.one_in(3) ? std::to_string(random_.below(1000)) : scalars[random_.below(scalars.size())];
        if (random_.one_in(2))
            return object(levels);
        std::string out = "[" + space();
        for (std::size_t i = 0, n = random_.below(4); i < n; ++i) {
            out += i > 0 ? "," : "";
            out += value(levels - 1) + space();
        }
        return out + "]";
    }

    /// One byte other, gone, or more.
    void damage(std::string& out)
    {
        auto const at = random_.below(out.size());
        switch (random_.below(3)) {
        case 0:
            out[at] = static_cast<char>(random_.next());
            break;
        case 1:
            out.erase(at, 1);
            break;
        default:
            out.insert(at, 1, "{}[],:\"\\ue1-"[random_.below(12)]);
        }
    }

private:
    std::string space()
    {
        static constexpr std::array<char const*, 4> spaces{" ", "\n", "\r\n", "\t "};
        return random_.one_in(3) ? spaces[random_.below(spaces.size())] : "";
    }

    std::string key()
    {
        static constexpr std::array<char const*, 18> keys{
            "a",    "b",  "c",       "d",  "aa", "k1", "k2", "k3", "\\u0061", "long\\u0065r_key_name",
            "\\\"", "\\", "blocked", "k4", "$",  "e",  "",   "a.b"};
        auto const* chosen = keys[random_.below(keys.size())];
        return random_.one_in(9) ? "\"longer_key_name\""
                                 : '"' + std::string(*chosen == '\\' && chosen[1] == 0 ? "\\\\" : chosen) + '"';
    }

    model::generator& random_;
};

template<key_rule Keys>
result<text> by_dom(text const& stored, std::string const& patch, policy<Keys> const& policy)
{
    auto const body = read_value(patch, policy.read);
    state field;
    if (stored) {
        auto read = model::state_before(read_value(*stored, policy.read), body, policy.merge);
        if (!read)
            return read.error();
        field = std::move(*read);
    }
    if (!body)
        return body.error();
    if (auto const done = apply(field, *body, policy); !done)
        return done.error();
    return field ? text(test::shown(*field)) : text();
}

/// The field that a text stands for, or what is wrong.
std::string told(result<text> const& done)
{
    if (!done)
        return test::told(done.error());
    return *done ? test::shown(read_value(**done).value()) : "absent";
}

/// Whether damage has made a number that a DOM does not write as it stands.
bool holds_double(std::string const& json)
{
    auto const read = read_value(json);
    if (!read)
        return read.error().front().code == errc::number_out_of_range;
    bool found = read->is_double();
    for (value_walk walk(*read); walk.next();)
        found = found || walk.value().is_double();
    return found;
}

template<key_rule Keys>
void check(text const& stored, std::string const& patch, policy<Keys> const& policy, scan_with instructions)
{
    auto const spliced_text = spliced(view(stored), patch, policy, {stored_text::checked, instructions});
    auto const expected = by_dom(stored, patch, policy);
    BOOST_TEST_REQUIRE(told(spliced_text) == told(expected),
                       told(spliced_text) << "\n is not " << told(expected) << "\n stored "
                                          << stored.value_or("(absent)") << "\n patch  " << patch);

    // Trusted, whatever it holds: the same where it is valid, in every form, and within bounds where it is not.
    text_patch body;
    if (!body.read(patch, policy).empty())
        return;
    splice_rules const trusted{stored_text::trusted, instructions};
    std::string out;
    auto const done = splice(view(stored), body, out, trusted);
    if (expected && *expected)
        BOOST_TEST_REQUIRE((done && out == **spliced_text));
    std::string buffer(out.size(), '?');
    std::span<char> exact(buffer);
    auto const into_buffer = splice(view(stored), body, exact, trusted);
    text_pieces pieces;
    auto const in_pieces = splice(view(stored), body, pieces, trusted);
    BOOST_TEST_REQUIRE((done.has_value() == into_buffer.has_value() && done.has_value() == in_pieces.has_value()));
    member_index index;
    if (stored)
        static_cast<void>(index.read(*stored, policy.read, trusted));
    std::string by_index;
    auto const indexed = splice(index, body, by_index);
    // Search and index may lead to two places in what is no JSON.
    bool const index_agrees = !stored || is_json(*stored);
    if (!done) {
        BOOST_TEST_REQUIRE((!index_agrees || !indexed || !index.is_of_text()));
        return;
    }
    std::string joined;
    for (auto const piece : pieces.pieces)
        joined += piece;
    BOOST_TEST_REQUIRE((*done == *into_buffer && *done == *in_pieces && out == buffer && out == joined));
    BOOST_TEST_REQUIRE((!index_agrees || (indexed && *indexed == *done && by_index == out)));
}

} // namespace

BOOST_AUTO_TEST_SUITE(splice_and_apply)

BOOST_AUTO_TEST_CASE(agree_on_every_text_under_every_policy)
{
    model::generator random(20'261'122);
    writer write(random);
    for (int i = 0; i < 100'000; ++i) {
        text stored = random.one_in(8) ? text() : text(random.one_in(12) ? write.value(2) : write.object());
        auto patch = random.one_in(30) ? write.value(2) : random.one_in(15) ? std::string("{}") : write.object();
        if (stored && random.one_in(6))
            write.damage(*stored);
        if (random.one_in(6))
            write.damage(patch);
        if (holds_double(patch) || (stored && holds_double(*stored)))
            continue;
        auto const instructions = static_cast<scan_with>(random.below(static_cast<std::size_t>(fastest_scan()) + 1));
        auto const bytes = random.one_in(3) ? random.below(200) : unlimited;
        if (random.one_in(4)) {
            auto policy = auth0::profiles[random.below(auth0::profiles.size())].policy;
            policy.limits.max_bytes = std::min(bytes, policy.limits.max_bytes);
            check(stored, patch, policy, instructions);
            continue;
        }
        static constexpr std::array<std::size_t, 6> depths{0, 1, 2, 3, 7, unlimited};
        auto policy = random.one_in(3)   ? first_level
                      : random.one_in(3) ? rfc7396
                                         : up_to_level(depths[random.below(6)]);
        policy.limits.max_bytes = bytes;
        policy.limits.max_members = random.one_in(3) ? random.below(6) : unlimited;
        policy.read.max_nesting = random.one_in(4) ? random.below(6) : 512;
        policy.read.duplicates = random.one_in(5) ? duplicate_keys::rejected : duplicate_keys::last_wins;
        check(stored, patch, policy, instructions);
    }
}

BOOST_AUTO_TEST_SUITE_END()
