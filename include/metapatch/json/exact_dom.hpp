// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_JSON_EXACT_DOM_HPP
#define METAPATCH_JSON_EXACT_DOM_HPP

#include <metapatch/json/lexeme_dom.hpp>
#include <metapatch/json/temporary_text.hpp>

#include <algorithm>
#include <array>
#include <boost/json/value.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

namespace detail {

/// A form that numbers of the same value share, however they are written: digits without zeros at their ends, and the
/// exponent of the last one. Exponents beyond 64 bits are compared as they are written.
inline std::string canonical_number(std::string_view number)
{
    bool const negative = number.front() == '-';
    number.remove_prefix(negative ? 1 : 0);
    auto const mantissa = number.substr(0, number.find_first_of("eE"));
    auto const point = std::min(mantissa.find('.'), mantissa.size());
    std::string digits(mantissa.substr(0, point));
    digits += mantissa.substr(std::min(point + 1, mantissa.size()));
    auto const decimals = digits.size() - point;
    digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
    if (digits.empty())
        return "0";
    auto const zeros = digits.size() - 1 - digits.find_last_not_of('0');
    digits.resize(digits.size() - zeros);

    auto shift = static_cast<std::int64_t>(zeros) - static_cast<std::int64_t>(decimals);
    std::string text = (negative ? "-" : "") + digits;
    if (mantissa.size() < number.size()) {
        auto written = number.substr(mantissa.size() + 1);
        if (written.front() == '+')
            written.remove_prefix(1);
        constexpr std::int64_t most = std::int64_t{1} << 62;
        std::int64_t exponent = 0;
        auto const parsed = std::from_chars(written.data(), written.data() + written.size(), exponent);
        if (parsed.ec != std::errc() || exponent > most || exponent < -most)
            return text.append("e").append(written).append("e").append(std::to_string(shift));
        shift += exponent;
    }
    return text.append("e").append(std::to_string(shift));
}

} // namespace detail

/// Texts as DOM values in which every number is exact: for work on values whose numbers a DOM cannot hold, or must not
/// write in another form.
///
/// In such a value a number stands for its lexeme. It may be moved, copied, and compared for equality (numbers of the
/// same value are equal), by `diff` for example, but not looked at; `write` gives it back. Of numbers of the same
/// value, three ways to write them are told apart; a fourth and later ones are written as the first.
class exact_dom {
public:
    /// Read a text.
    ///
    /// @param text  must live as long as what comes from it is written
    /// Errors, complexity and exceptions as those of `read_value`, but no number is out of range.
    [[nodiscard]] result<boost::json::value> read(std::string_view text, read_rules rules = {})
    {
        return detail::read(text, rules, {}, [this](boost::json::value_stack& stack, std::string_view number) {
            push(stack, number);
            return true;
        });
    }

    template<temporary_text Text>
    result<boost::json::value> read(Text&&, read_rules = {}) = delete; // what comes from it would refer to what is gone

    /// The compact text of a value that came from here, or is made of such. O(bytes). Exceptions: std::bad_alloc.
    [[nodiscard]] std::string write(boost::json::value const& value) const
    {
        return detail::compact_writer([this](boost::json::value const& number) { return lexeme(number); }).write(value);
    }

    /// Whether a number is written as an integer beyond ±(2^53 - 1), for `advise`.
    bool is_unsafe_integer(boost::json::value const& number) const
    {
        constexpr std::uint64_t most = (std::uint64_t{1} << 53) - 1;
        auto digits = lexeme(number);
        if (digits.find_first_of(".eE") != std::string_view::npos)
            return false;
        digits.remove_prefix(digits.front() == '-' ? 1 : 0);
        std::uint64_t size = 0;
        auto const parsed = std::from_chars(digits.data(), digits.data() + digits.size(), size);
        return parsed.ec != std::errc() || size > most;
    }

private:
    /// The ways in which numbers of one value are written; the first ones are all that can be told apart.
    using forms = std::array<std::string_view, 3>;

    /// Equal numbers become the same index, and the kind of number that holds it tells their form: for equality all
    /// kinds are the same.
    void push(boost::json::value_stack& stack, std::string_view number)
    {
        auto canonical = detail::canonical_number(number);
        auto const known = indexes_.find(canonical);
        auto const index = known != indexes_.end() ? known->second : forms_.size();
        if (known == indexes_.end()) {
            forms_.emplace_back(); // first, so that no index is without its forms where memory ends
            indexes_.emplace(std::move(canonical), index);
        }
        auto& written = forms_[index];
        std::size_t form = 0;
        while (form < written.size() && !written[form].empty() && written[form] != number)
            ++form;
        if (form == written.size())
            form = 0;
        else
            written[form] = number;
        if (form == 0)
            stack.push_uint64(index);
        else if (form == 1)
            stack.push_int64(static_cast<std::int64_t>(index));
        else
            stack.push_double(static_cast<double>(index));
    }

    std::string_view lexeme(boost::json::value const& number) const
    {
        if (auto const* first = number.if_uint64())
            return forms_[static_cast<std::size_t>(*first)][0];
        if (auto const* second = number.if_int64())
            return forms_[static_cast<std::size_t>(*second)][1];
        return forms_[static_cast<std::size_t>(number.get_double())][2];
    }

    std::vector<forms> forms_;
    std::map<std::string, std::size_t> indexes_; // by canonical form; ordered: no hash that a text could aim at
};

} // namespace metapatch

#endif
