// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_LAWS_KEPT_BYTES_HPP
#define METAPATCH_TESTS_LAWS_KEPT_BYTES_HPP

#include "segments.hpp"

#include <cstddef>
#include <map>
#include <metapatch/json/text.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a splice must leave as it is, told by nothing but a scanner.
namespace metapatch::laws {

/// Whether what a patch does not name kept its bytes, its order and the white space around it, and what it sets has its
/// bytes: at each level that merges. It recurses, as deep as the patch merges.
class kept_bytes {
public:
    explicit kept_bytes(std::size_t max_nesting) : max_nesting_(max_nesting) {}

    /// @param levels  how many merge, from these objects on
    bool in(std::string_view stored_text, std::string_view patch_text, std::string_view text, std::size_t levels) const
    {
        auto const stored = segments_of(stored_text);
        auto const after = segments_of(text);
        auto const last = last_values(stored);
        auto const changes = last_values(segments_of(patch_text));
        std::map<std::string, bool> seen;
        auto next = after.begin();
        for (std::size_t i = 0; i < stored.size(); ++i) {
            auto const& old = stored[i];
            auto const change = changes.find(old.key);
            bool const again = std::exchange(seen[old.key], true);
            if (change != changes.end() && (again || change->second == "null"))
                continue;
            if (next == after.end() || next->key != old.key || next->before != old.before)
                return false;
            if (change == changes.end() ? next->value != old.value
                                        : !is_change(last.at(old.key), change->second, next->value, levels))
                return false;
            // New members stand before the white space in front of the closing bracket.
            if (next->space != old.space && !(next->space.empty() && i + 1 == stored.size()) && next + 1 != after.end())
                return false;
            ++next;
        }
        for (; next != after.end(); ++next) {
            auto const change = changes.find(next->key);
            if (change == changes.end() || !is_change("", change->second, next->value, levels))
                return false;
        }
        return true;
    }

private:
    static std::map<std::string, std::string_view> last_values(std::vector<segment> const& members)
    {
        std::map<std::string, std::string_view> values;
        for (auto const& each : members)
            values[each.key] = each.value;
        return values;
    }

    bool is_change(std::string_view old, std::string_view change, std::string_view made, std::size_t levels) const
    {
        bool const merges = levels > 1 && change.front() == '{';
        if (merges && old.starts_with('{'))
            return in(old, change, made, levels - 1);
        // What holds a null that removes, or a key twice, is written without.
        return made == change || (merges && change.find("null") != change.npos) ||
               !read_value(change, {max_nesting_, duplicate_keys::rejected});
    }

    std::size_t max_nesting_;
};

} // namespace metapatch::laws

#endif
