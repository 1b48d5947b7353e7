// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_SHRINK_HPP
#define METAPATCH_TESTS_LAWS_SHRINK_HPP

#include "require.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

/// Counterexamples that a person can read: what a law fails on is made as small as the law allows.
namespace metapatch::laws {

/// How far a value is from the simplest one, which is 1. All that `simpler_than` gives is nearer, so shrinking ends.
inline std::size_t weight(boost::json::value const& value)
{
    std::size_t sum = 4;
    if (value.is_object()) {
        for (auto const& member : value.get_object())
            sum += weight(member.value());
    } else if (value.is_array()) {
        for (auto const& element : value.get_array())
            sum += weight(element);
    } else {
        return value == 1 ? 1 : value.is_null() ? 2 : 3;
    }
    return sum;
}

inline std::vector<boost::json::value> simpler_than(boost::json::value const& value);

namespace shrinking {

/// The same container with one of its values left out, or in a simpler form.
template<class Container, class Erase, class ValueAt>
void simplify_each(Container const& whole, Erase erase, ValueAt value_at, std::vector<boost::json::value>& out)
{
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto without = whole;
        erase(without, i);
        out.emplace_back(std::move(without));
    }
    for (std::size_t i = 0; i < whole.size(); ++i) {
        auto with = whole;
        for (auto& simpler : simpler_than(value_at(with, i))) {
            value_at(with, i) = std::move(simpler);
            out.emplace_back(with);
        }
    }
}

} // namespace shrinking

/// Values that are a step simpler, the boldest steps first: nothing inside, what is inside alone, one thing less.
inline std::vector<boost::json::value> simpler_than(boost::json::value const& value)
{
    std::vector<boost::json::value> found{1, nullptr};
    if (value.is_object()) {
        found.emplace_back(boost::json::object());
        for (auto const& member : value.get_object())
            found.push_back(member.value());
        shrinking::simplify_each(
            value.get_object(), [](auto& from, std::size_t i) { from.stable_erase(from.begin() + i); },
            [](auto& of, std::size_t i) -> boost::json::value& { return of.begin()[i].value(); }, found);
    } else if (value.is_array()) {
        found.emplace_back(boost::json::array());
        for (auto const& element : value.get_array())
            found.push_back(element);
        shrinking::simplify_each(
            value.get_array(), [](auto& from, std::size_t i) { from.erase(from.begin() + i); },
            [](auto& of, std::size_t i) -> boost::json::value& { return of[i]; }, found);
    }
    std::erase_if(found, [&](auto const& each) { return weight(each) >= weight(value); });
    return found;
}

/// The value that is left when no step makes it simpler without losing the failure.
///
/// @param fails  whether a value still fails; the given one does
template<class Fails>
boost::json::value shrunk(boost::json::value failing, Fails fails)
{
    for (bool again = true; again;) {
        again = false;
        for (auto& candidate : simpler_than(failing)) {
            if (fails(candidate)) {
                failing = std::move(candidate);
                again = true;
                break;
            }
        }
    }
    return failing;
}

/// Thrown where a value is no case of a law at all, as shrinking makes them.
struct not_a_case {};

/// Whether a law is broken, and how; "" where it holds, or does not speak of this case.
template<class Law>
std::string complaint(Law const& law, boost::json::value const& on)
{
    try {
        law(on);
        return {};
    } catch (not_a_case const&) {
        return {};
    } catch (broken_law const& broken) {
        return broken.what();
    }
}

/// Checks a law on one case. Where it is broken, the complaint is about the smallest case that breaks it.
template<class Law>
void check(Law const& law, boost::json::value const& on, std::string const& about, std::uint64_t seed = 0)
{
    if (complaint(law, on).empty())
        return;
    auto const small = shrunk(on, [&law](auto const& each) { return !complaint(law, each).empty(); });
    throw broken_law(complaint(law, small) + "\n  of " + about + ", seed " + std::to_string(seed) + ", shrunk to\n  " +
                     boost::json::serialize(small) + "\n  from\n  " + boost::json::serialize(on));
}

} // namespace metapatch::laws

#endif
