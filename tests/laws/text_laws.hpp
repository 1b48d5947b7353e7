// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_TEXT_LAWS_HPP
#define METAPATCH_TESTS_LAWS_TEXT_LAWS_HPP

#include "../support.hpp"
#include "end_of_value_laws.hpp"
#include "grammar.hpp"
#include "numbers.hpp"
#include "require.hpp"

#include <algorithm>
#include <boost/json/stream_parser.hpp>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <metapatch/json/compact_size.hpp>
#include <metapatch/json/equal.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/simd/is_json.hpp>
#include <optional>
#include <string>
#include <string_view>

/// What holds of every text that is read, valid or not.
namespace metapatch::laws {

inline std::string told(std::optional<violation> const& fault)
{
    return fault ? test::told(report(*fault)) : "accepted";
}

/// What the scanner says of a text.
inline std::optional<violation> fault_by_scanner(std::string_view text, std::size_t max_nesting)
{
    scanner scan(text, max_nesting);
    auto what = scan.next();
    while (what != token::end && what != token::failed)
        what = scan.next();
    if (what == token::end)
        return std::nullopt;
    return detail::text_error(scan, {.max_nesting = max_nesting});
}

/// As equal, but for doubles: the nearest one is promised here, and not by Boost.JSON, which also makes infinities of
/// numbers next to the largest double and NaN of 0e9999.
inline bool alike(boost::json::value const& ours, boost::json::value const& theirs)
{
    if (ours.is_double() && theirs.is_double()) {
        constexpr auto smallest = std::numeric_limits<double>::min(); // below it digits get lost
        auto const x = ours.get_double();
        auto const y = theirs.get_double();
        return !std::isfinite(y) || std::fabs(x - y) <= std::fabs(x) * 1e-14 + smallest;
    }
    if (ours.is_array() && theirs.is_array()) {
        auto const& x = ours.get_array();
        auto const& y = theirs.get_array();
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), alike);
    }
    if (ours.is_object() && theirs.is_object()) {
        auto const& x = ours.get_object();
        auto const& y = theirs.get_object();
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](auto const& left, auto const& right) {
            return left.key() == right.key() && alike(left.value(), right.value());
        });
    }
    return equal(ours, theirs);
}

/// Boost.JSON reads the same texts, and to the same values.
template<class Words>
void check_against_boost_json(std::string_view text, bool valid, result<boost::json::value> const& ours,
                              Words const& words)
{
    boost::json::parse_options options;
    options.max_depth = nesting_ceiling;
    boost::json::stream_parser parser({}, options);
    boost::system::error_code error;
    parser.write(text.data(), text.size(), error);
    if (!error)
        parser.finish(error);
    // No text is too deep here that is not there. But exponents beyond an int, of 0e9999999999 too, are refused there.
    if (error == boost::json::error::exponent_overflow)
        return;
    require(valid == !error, [&] { return error.message() + "\n" + words(); });
    if (ours)
        require(alike(*ours, parser.release()), words);
}

/// A number becomes int64, uint64 or the nearest double, whichever first holds it. The C library is asked.
/// @return whether any of them does
template<class Words>
bool check_number(std::string const& number, Words const& words)
{
    auto const real = std::strtod(number.c_str(), nullptr);
    auto const value = read_value(number);
    if (!std::isfinite(real)) {
        require_same(test::told(value), "number_out_of_range ''", words);
        return false;
    }
    require(value.has_value(), words);
    if (number.find_first_of(".eE") == std::string::npos) {
        errno = 0;
        auto const small = std::strtoll(number.c_str(), nullptr, 10);
        if (errno == 0) {
            require(value->is_int64() && value->get_int64() == small, words);
            return true;
        }
        errno = 0;
        auto const large = std::strtoull(number.c_str(), nullptr, 10);
        if (errno == 0 && number.front() != '-') {
            require(value->is_uint64() && value->get_uint64() == large, words);
            return true;
        }
    }
    require(value->is_double() && value->get_double() == real, words);
    return true;
}

inline std::size_t count_keys(std::string_view text)
{
    std::size_t keys = 0;
    scanner scan(text);
    for (auto what = scan.next(); what != token::end && what != token::failed; what = scan.next())
        keys += what == token::key ? 1 : 0;
    return keys;
}

inline std::size_t count_members(boost::json::value const& value)
{
    std::size_t members = 0;
    for (value_walk walk(value); walk.next();)
        members += walk.has_key() ? 1 : 0;
    return members;
}

/// Duplicates are rejected where that is asked for, and nothing else is; without any, sizes are those of what is written.
/// @return whether a key occurs twice
template<class Words>
bool check_duplicates_and_size(std::string_view text, Words const& words)
{
    auto const size = compact_size(text, {.max_nesting = nesting_ceiling});
    require(size && *size <= text.size(), words);

    plain_numbers plain;
    auto const other = plain.in(text);
    auto const value = read_value(other, {.max_nesting = nesting_ceiling});
    require(value.has_value(), words);
    bool const repeats = count_keys(text) != count_members(*value);
    require(repeats || *size + (other.size() - text.size()) == test::shown(*value).size(), words);

    auto const strict = read_value(other, {nesting_ceiling, duplicate_keys::rejected});
    require(strict.has_value() != repeats, words);
    require(strict || strict.error().front().code == errc::duplicate_key, words);
    return repeats;
}

/// All of these laws, of one text.
inline void check_text(std::string_view text)
{
    auto const words = [text] { return "  text " + std::string(text); };
    for (auto const max_nesting : {text.size() % 7, nesting_ceiling}) {
        auto const fault = model::fault_of(text, max_nesting);
        require_same(told(fault_by_scanner(text, max_nesting)), told(fault), words);
        for (auto const instructions : test::every_scan())
            require(is_json(text, max_nesting, instructions) == !fault, words);
    }
    auto const fault = model::fault_of(text, nesting_ceiling);
    check_end_of_value(text, !fault, words);
    auto const value = read_value(text, {.max_nesting = nesting_ceiling});
    check_against_boost_json(text, !fault, value, words);
    if (fault) {
        require_same(test::told(value), told(fault), words);
        return;
    }
    bool all_finite = true;
    for (auto const number : numbers_of(text))
        all_finite = check_number(std::string(number), words) && all_finite;
    bool const repeats = check_duplicates_and_size(text, words);
    // A number too large that loses against a later value does no harm.
    require(value ? all_finite || repeats : !all_finite, words);
    require(value || value.error().front().code == errc::number_out_of_range, words);
}

} // namespace metapatch::laws

#endif
