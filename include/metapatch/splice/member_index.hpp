// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_SPLICE_MEMBER_INDEX_HPP
#define METAPATCH_SPLICE_MEMBER_INDEX_HPP

#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/sorted_keys.hpp>
#include <metapatch/json/temporary_text.hpp>
#include <metapatch/splice/stored_text.hpp>
#include <metapatch/splice/text_merge.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace metapatch {

/// Where the first-level members of a stored text are, by key: kept beside a text that is patched more often than it
/// changes, it spares each patch the search.
///
/// It refers to the text, which must outlive it and stay as it is. A result is another text, with an index of its own.
class member_index {
public:
    /// A member of the text.
    struct entry {
        std::uint64_t print;  ///< of its key
        std::string_view key; ///< unescaped
        member_span span;
    };

    member_index() = default; ///< of no text: it stands for an absent field
    member_index(member_index const&) = delete;
    member_index& operator=(member_index const&) = delete;
    member_index(member_index&&) = default;
    member_index& operator=(member_index&&) = default;

    /// Index a stored text. One that is no object has no members; of it a patch that clears keeps nothing.
    ///
    /// @param rules    what is asked of it, where it is not trusted
    /// @param reading  whether it is trusted
    /// @return     empty, or what is wrong; then, as after an exception, the index is of no text
    /// Errors:     those of `splice` for a stored text, but that it is no object tells `splice`
    /// Complexity: O(bytes + members · log(members)). Exceptions: std::bad_alloc
    [[nodiscard]] report read(std::string_view text, read_rules rules = {}, splice_rules const& reading = {})
    {
        *this = {};
        if (auto found = detail::check_stored(text, rules, reading); !found.empty())
            return found;
        member_index made;
        made.text_ = text;
        made.is_of_text_ = true;
        if (detail::begins_object(text))
            made.find_members(reading.instructions);
        *this = std::move(made);
        return {};
    }

    template<temporary_text Text>
    report read(Text&&, read_rules = {}, splice_rules const& = {}) = delete; // it would refer to what is gone

    /// Whether it is of a text; else it stands for an absent field.
    bool is_of_text() const noexcept { return is_of_text_; }

    /// The text that was indexed.
    std::string_view text() const noexcept { return text_; }

    /// How many members it holds, each of a duplicate key.
    std::size_t size() const noexcept { return size_; }

    /// Where what stands between the brackets of the object begins and ends.
    std::size_t begin() const noexcept { return begin_; }
    std::size_t end() const noexcept { return end_; }

    /// The members with that key, in the order of the text. O(1) expected, O(log(members)) at worst.
    std::span<entry const> find(std::string_view key) const noexcept [[clang::lifetimebound]]
    {
        return find(key, detail::fingerprint(key));
    }

    /// The same, where the key's fingerprint is known.
    std::span<entry const> find(std::string_view key, std::uint64_t print) const noexcept [[clang::lifetimebound]]
    {
        if (entries_.empty())
            return {};
        auto const place = bucket(print);
        auto const* first = entries_.data() + buckets_[place];
        auto const* const last = entries_.data() + buckets_[place + 1];
        if (last - first > few)
            first = std::lower_bound(first, last, key, [print](entry const& each, std::string_view wanted) {
                auto const x = detail::spread(each.print);
                auto const y = detail::spread(print);
                return x != y ? x < y : each.key < wanted;
            });
        else
            while (first != last && !(first->print == print && first->key == key))
                ++first;
        auto const* behind = first;
        while (behind != last && behind->print == print && behind->key == key)
            ++behind;
        return {first, behind};
    }

private:
    static constexpr std::ptrdiff_t few = 4;

    void find_members(scan_with instructions)
    {
        member_cursor cursor(text_, every_key, instructions);
        while (cursor.next())
            add(cursor);
        begin_ = cursor.begin();
        end_ = cursor.end();
        size_ = cursor.members();
        sort();
    }

    void add(member_cursor const& cursor)
    {
        auto key = cursor.raw_key();
        if (cursor.is_escaped()) {
            append_unescaped(unescaped_.emplace_back(), key);
            key = unescaped_.back();
        }
        entries_.push_back({detail::fingerprint(key), key, cursor.member()});
    }

    /// By their spread print, and so by the bucket of it; then by key and place.
    void sort()
    {
        shift_ = 64 - static_cast<unsigned>(std::bit_width(entries_.size() | 1));
        std::vector<detail::ranked_key> keys;
        keys.reserve(entries_.size());
        for (auto const& each : entries_)
            keys.push_back({detail::spread(each.print), each.key, keys.size()});
        detail::sort_keys(keys.data(), keys.data() + keys.size());
        std::vector<entry> sorted;
        sorted.reserve(entries_.size());
        for (auto const& each : keys)
            sorted.push_back(entries_[each.index]);
        entries_ = std::move(sorted);
        buckets_.resize((std::size_t{1} << (64 - shift_)) + 1);
        std::size_t at = 0;
        for (std::size_t place = 0; place < buckets_.size(); ++place) {
            while (at < entries_.size() && bucket(entries_[at].print) < place)
                ++at;
            buckets_[place] = at;
        }
    }

    std::size_t bucket(std::uint64_t print) const noexcept
    {
        return static_cast<std::size_t>(detail::spread(print) >> shift_);
    }

    std::string_view text_;
    bool is_of_text_ = false;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::size_t size_ = 0;
    std::vector<entry> entries_;
    std::vector<std::size_t> buckets_; // of the first entry in each, and of the end
    std::list<std::string> unescaped_; // keys that held escapes
    unsigned shift_ = 63;
};

namespace detail {

/// A member of an indexed text that a patch names.
struct named_member {
    member_index::entry const* entry;
    std::size_t index; ///< in the patch
};

/// All of them, in the order of the text.
class named_members {
public:
    named_members(member_index const& stored, text_patch const& patch)
    {
        for (std::size_t i = 0; i < patch.members().size(); ++i) {
            for (auto const& each : stored.find(patch.members()[i].key, patch.members()[i].print))
                found_.push_back({&each, i});
        }
        std::sort(found_.begin(), found_.end(),
                  [](named_member const& a, named_member const& b) { return a.entry->span.key < b.entry->span.key; });
    }

    std::span<named_member const> all() const noexcept { return {found_.data(), found_.size()}; }

private:
    small_vector<named_member, 64> found_;
};

/// Merge the first level of a patch into an indexed text.
template<class Sink>
text_counts merge_indexed(member_index const& stored, text_patch const& patch, Sink& sink)
{
    text_counts counts{.stored = stored.size()};
    met_members met(patch.members().size());
    text_merge<Sink> out(stored.text(), stored.begin(), sink);
    named_members const named(stored, patch);
    for (auto const& each : named.all())
        merge_member(out, each.entry->span, patch, each.index, met, counts);
    counts.added = out.finish(stored.end(), patch, met);
    return counts;
}

/// The same where nothing of the stored text stays: see `count_text`.
inline text_counts count_indexed(member_index const& stored, text_patch const& patch)
{
    text_counts counts{.stored = stored.size()};
    met_members met(patch.members().size());
    named_members const named(stored, patch);
    for (auto const& each : named.all())
        count_met(patch, each.index, met, counts);
    return counts;
}

} // namespace detail

} // namespace metapatch

#endif
