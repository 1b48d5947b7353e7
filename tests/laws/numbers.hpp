// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_NUMBERS_HPP
#define METAPATCH_TESTS_LAWS_NUMBERS_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <metapatch/json/scan.hpp>
#include <string>
#include <string_view>
#include <vector>

/// The numbers of a text. A DOM writes many of them otherwise than they stood, or cannot hold them at all; what is to be
/// compared with the way of a DOM gets other numbers first.
namespace metapatch::laws {

/// Every number of a text, as it stands; of one that is not valid those before the fault.
inline std::vector<std::string_view> numbers_of(std::string_view text)
{
    std::vector<std::string_view> found;
    scanner scan(text);
    for (auto what = scan.next(); what != token::end && what != token::failed; what = scan.next()) {
        if (what == token::number)
            found.push_back(scan.raw());
    }
    return found;
}

/// Whether a DOM writes the number as it stands: an integer that 64 bits hold.
inline bool is_plain(std::string_view number)
{
    auto const digits = number.substr(number.starts_with('-') ? 1 : 0);
    return number.find_first_of(".eE") == std::string_view::npos && digits.size() < 19 && number != "-0";
}

/// Puts plain numbers in the place of those that are not; for the same one always the same.
class plain_numbers {
public:
    /// A text that is not valid stays as it is.
    std::string in(std::string_view text)
    {
        std::string out;
        std::size_t copied = 0;
        scanner scan(text);
        for (auto what = scan.next(); what != token::end; what = scan.next()) {
            if (what == token::failed)
                return std::string(text);
            if (what != token::number || is_plain(scan.raw()))
                continue;
            out += text.substr(copied, scan.offset() - copied);
            auto const fresh = first + plain_by_number_.size();
            out += std::to_string(plain_by_number_.try_emplace(std::string(scan.raw()), fresh).first->second);
            copied = scan.position();
        }
        return out.append(text.substr(copied));
    }

private:
    static constexpr std::uint64_t first = 987'000'000'000'000'000;

    std::map<std::string, std::uint64_t> plain_by_number_;
};

} // namespace metapatch::laws

#endif
