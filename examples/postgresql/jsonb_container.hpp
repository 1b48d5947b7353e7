// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_JSONB_CONTAINER_HPP
#define METAPATCH_POSTGRESQL_JSONB_CONTAINER_HPP

#include "postgres.hpp"

namespace store {

/// As jsonb sorts keys: shorter ones first.
inline std::strong_ordering compare_keys(std::string_view left, std::string_view right) noexcept
{
    if (left.size() != right.size())
        return left.size() <=> right.size();
    return left.empty() ? std::strong_ordering::equal : std::memcmp(left.data(), right.data(), left.size()) <=> 0;
}

/// An object or an array of a jsonb, read where it lies. utils/jsonb.h tells of the layout: a header, one entry for each
/// child (of an object first those of all keys, in their order, then those of the values), and then what they hold.
class jsonb_container {
public:
    explicit jsonb_container(JsonbContainer const* at) noexcept : at_(at) {}
    explicit jsonb_container(Jsonb const* value) noexcept : at_(&value->root) {}

    bool is_object() const noexcept { return (at_->header & JB_FOBJECT) != 0; }

    /// A value that is neither object nor array stands alone in an array of this kind.
    bool is_scalar() const noexcept { return (at_->header & JB_FSCALAR) != 0; }

    /// Members or elements.
    std::uint32_t size() const noexcept { return at_->header & JB_CMASK; }
    std::uint32_t children() const noexcept { return is_object() ? 2 * size() : size(); }

    JEntry entry(std::uint32_t child) const noexcept { return at_->children[child]; }
    char const* data() const noexcept { return reinterpret_cast<char const*>(at_->children + children()); }

    /// Where a child begins and ends in the data. At most a stride of entries is looked at.
    std::uint32_t begin_of(std::uint32_t child) const noexcept
    {
        std::uint32_t bytes = 0;
        while (child > 0) {
            auto const before = entry(--child);
            bytes += JBE_OFFLENFLD(before);
            if (JBE_HAS_OFF(before))
                break;
        }
        return bytes;
    }
    std::uint32_t end_of(std::uint32_t child) const noexcept { return end_of(child, begin_of(child)); }

    /// The same where it is known where the child begins.
    std::uint32_t end_of(std::uint32_t child, std::uint32_t begin) const noexcept
    {
        auto const its = entry(child);
        return JBE_HAS_OFF(its) ? JBE_OFFLENFLD(its) : begin + JBE_OFFLENFLD(its);
    }

    std::string_view key(std::uint32_t member) const noexcept
    {
        auto const begin = begin_of(member);
        return {data() + begin, end_of(member, begin) - begin};
    }

    /// The first member from `first` on whose key does not come before that one; `size()` where there is none.
    std::uint32_t lower_bound(std::string_view wanted, std::uint32_t first) const noexcept
    {
        auto last = size();
        while (first < last) {
            auto const middle = first + (last - first) / 2;
            if (compare_keys(key(middle), wanted) < 0)
                first = middle + 1;
            else
                last = middle;
        }
        return first;
    }

    /// The entry of a member's value.
    std::uint32_t value_of(std::uint32_t member) const noexcept { return size() + member; }

    /// What a child holds that is an object or an array.
    jsonb_container inside(std::uint32_t begin) const noexcept
    {
        return jsonb_container(reinterpret_cast<JsonbContainer const*>(data() + INTALIGN(begin)));
    }

private:
    JsonbContainer const* at_;
};

inline std::uint32_t type_of(JEntry entry) noexcept
{
    return entry & JENTRY_TYPEMASK;
}

} // namespace store

#endif
