// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_POSTGRESQL_JSONB_WRITER_HPP
#define METAPATCH_POSTGRESQL_JSONB_WRITER_HPP

#include "jsonb_container.hpp"

namespace store {

/// Writes the children of an object, in the order of their entries, to memory that suffices: the same bytes that
/// PostgreSQL would write. Children of others are copied as they are, many at once.
class jsonb_writer {
public:
    /// @param members  how many the object has
    /// @param at       where it begins, whose address is one that an integer may have
    jsonb_writer(char* at, std::uint32_t members) noexcept : at_(at), data_(at + sizeof(std::uint32_t))
    {
        auto const header = members | JB_FOBJECT;
        std::memcpy(at, &header, sizeof header);
        data_ += std::size_t{2} * members * sizeof(JEntry);
    }

    char* begin() const noexcept { return at_; }
    char* end() const noexcept { return data_ + size_; }

    /// Whether it all is so short that entries can tell it.
    bool fits() const noexcept { return size_ <= JENTRY_OFFLENMASK; }

    /// Copy keys from `first` on up to `last`.
    void copy_keys(jsonb_container const& from, std::uint32_t first, std::uint32_t last) noexcept
    {
        copy(from, first, last, first < last ? from.begin_of(first) : 0);
    }

    /// Copy values. Numbers and containers are aligned: those before the first of them may lie otherwise than they did,
    /// and behind it all lies as before.
    void copy_values(jsonb_container const& from, std::uint32_t first, std::uint32_t last) noexcept
    {
        first = from.value_of(first);
        last = from.value_of(last);
        if (first == last)
            return;
        auto begin = from.begin_of(first);
        if (((begin ^ size_) & 3U) != 0) {
            while (first != last && !is_aligned(from.entry(first))) {
                auto const end = from.end_of(first, begin);
                copy(from, first, first + 1, begin);
                begin = end;
                ++first;
            }
            if (first == last)
                return;
            auto const end = from.end_of(first, begin);
            auto const content = static_cast<std::uint32_t>(INTALIGN(begin));
            auto const before = size_;
            align();
            std::memcpy(data_ + size_, from.data() + content, end - content);
            size_ += end - content;
            add_entry(type_of(from.entry(first)), before);
            begin = end;
            ++first;
        }
        copy(from, first, last, begin);
    }

    /// Where an object that is a value is to begin.
    char* begin_inside() noexcept
    {
        inside_ = size_;
        align();
        return data_ + size_;
    }

    /// It ends there.
    void end_inside(char const* end) noexcept
    {
        size_ = static_cast<std::uint32_t>(end - data_);
        add_entry(JENTRY_ISCONTAINER, inside_);
    }

private:
    static bool is_aligned(JEntry entry) noexcept { return JBE_ISNUMERIC(entry) || JBE_ISCONTAINER(entry); }

    void align() noexcept
    {
        while ((size_ & 3U) != 0)
            data_[size_++] = 0;
    }

    /// The entry of what was written from `begin` on: its length, but where a stride begins, the offset of its end.
    void add_entry(std::uint32_t type, std::uint32_t begin) noexcept
    {
        put_entry(index_ % JB_OFFSET_STRIDE == 0 ? type | size_ | JENTRY_HAS_OFF : type | (size_ - begin));
    }

    void put_entry(JEntry entry) noexcept
    {
        std::memcpy(at_ + sizeof(std::uint32_t) + std::size_t{index_} * sizeof entry, &entry, sizeof entry);
        ++index_;
    }

    void copy(jsonb_container const& from, std::uint32_t first, std::uint32_t last, std::uint32_t begin) noexcept
    {
        auto end = begin;
        auto here = size_;
        for (auto child = first; child != last; ++child) {
            auto const entry = from.entry(child);
            auto const child_end = JBE_HAS_OFF(entry) ? JBE_OFFLENFLD(entry) : end + JBE_OFFLENFLD(entry);
            auto const length = child_end - end;
            here += length;
            end = child_end;
            put_entry(index_ % JB_OFFSET_STRIDE == 0 ? type_of(entry) | here | JENTRY_HAS_OFF
                                                     : type_of(entry) | length);
        }
        std::memcpy(data_ + size_, from.data() + begin, end - begin);
        size_ = here;
    }

    char* at_;
    char* data_;
    std::uint32_t size_ = 0; ///< of the data
    std::uint32_t index_ = 0;
    std::uint32_t inside_ = 0;
};

} // namespace store

#endif
