// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_DOCUMENT_CHANGES_HPP
#define METAPATCH_AUTH0_REQUEST_DOCUMENT_CHANGES_HPP

#include <metapatch/auth0/request/text_body.hpp>
#include <metapatch/auth0/request/user_schema.hpp>
#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/policy/policy.hpp>
#include <metapatch/simd/nested_members.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace metapatch::auth0::detail {

/// What a body does to one member of a document's root.
struct root_change {
    std::string_view name;     ///< lives longer than any request
    std::string_view value;    ///< to set; empty: the member goes. Of a field of metadata what the body has there
    bool follows_name = false; ///< the body has, directly in front of the value, the name in quotes and a colon
    std::uint64_t print = 0;   ///< of the name
    text_body::field const* field = nullptr; ///< of metadata, that its patch changes
};

/// What a body does to a document, in the order in which new members come; and what to look for in a stored one. It
/// refers to the body.
class document_changes {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    /// The attributes of a body that its schema stores, but for metadata, which comes behind them.
    /// @param body  was looked up in the schema
    void assign_attributes(text_body const& body)
    {
        changes_.clear();
        for (auto const& member : body.members()) {
            auto const* known = member.known;
            if (known->stored && known->type != value_type::object)
                add(known->name, body.member_at(static_cast<std::size_t>(&member - body.members().begin())));
        }
        assign_fields(body);
    }

    /// The same in the order of the schema.
    template<std::size_t Attributes>
    void assign_attributes(text_body const& body, std::array<attribute, Attributes> const& schema)
    {
        changes_.clear();
        std::array<patch_member const*, Attributes> carried{};
        for (auto const& member : body.members()) {
            if (member.known != nullptr)
                carried[static_cast<std::size_t>(member.known - schema.data())] =
                    &body.member_at(static_cast<std::size_t>(&member - body.members().begin()));
        }
        for (std::size_t i = 0; i < Attributes; ++i) {
            if (carried[i] != nullptr && schema[i].stored && schema[i].type != value_type::object)
                add(schema[i].name, *carried[i]);
        }
        assign_fields(body);
    }

    /// The fields of metadata alone.
    void assign(text_body const& body)
    {
        changes_.clear();
        assign_fields(body);
    }

    /// Make ready for many calls of `wanted`.
    void want_all()
    {
        want_all(wanted_);
        is_wanted_ = true;
    }

    /// What to look for in a stored document: the members, and inside of its fields what the patches name.
    /// @param room  for that, where `want_all` was not called
    metapatch::detail::nested_wanted const& wanted(metapatch::detail::nested_wanted& room) const
    {
        if (is_wanted_)
            return wanted_;
        want_all(room);
        return room;
    }

    std::span<root_change const> all() const noexcept { return {changes_.data(), changes_.size()}; }

    /// Whether nothing but first-level patches without a fault are among them.
    bool are_plain() const noexcept { return are_plain_; }

    /// Whether a policy limits how many members a field may have.
    bool limits_members() const noexcept { return limits_members_; }

    std::size_t find(std::string_view name, std::uint64_t print) const noexcept
    {
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            if (changes_[i].print == print && changes_[i].name == name) [[likely]]
                return i;
        }
        return npos;
    }

private:
    void want_all(metapatch::detail::nested_wanted& to) const
    {
        to.clear();
        for (auto const& each : changes_) {
            if (each.field == nullptr || each.field->patch->clears())
                continue;
            for (auto const& member : each.field->patch->members())
                to.add_inside(member.key);
        }
        for (auto const& each : changes_)
            to.add_outside(each.name);
        to.resolve();
    }

    root_change& add(std::string_view name, patch_member const& member)
    {
        bool const follows = member.label.size() == name.size() + 3; // with white space or escapes it is longer
        return changes_.add(name, member.value, follows, member.print);
    }

    void assign_fields(text_body const& body)
    {
        is_wanted_ = false;
        are_plain_ = true;
        limits_members_ = false;
        auto const fields = body.all();
        std::size_t keys = changes_.size() + fields.size();
        bool const reversed = fields.size() == 2 && fields[1].place < fields[0].place;
        for (std::size_t i = 0; i < fields.size(); ++i) { // in the order of the body
            auto const& field = fields[reversed ? fields.size() - 1 - i : i];
            if (!field.is_carried())
                continue;
            add(field.rules->name, body.member_at(field.place)).field = &field;
            limits_members_ = limits_members_ || field.rules->limits->max_members != unlimited;
            are_plain_ = are_plain_ && field.faults.empty() && (field.patch->levels() == 1 || field.patch->clears());
            keys += field.patch->members().size();
        }
        if (keys > metapatch::detail::nested_wanted::few) [[unlikely]]
            want_all(); // into memory that is used again
    }

    metapatch::detail::small_vector<root_change, 8> changes_;
    metapatch::detail::nested_wanted wanted_;
    bool is_wanted_ = false;
    bool are_plain_ = true;
    bool limits_members_ = false;
};

} // namespace metapatch::auth0::detail

#endif
