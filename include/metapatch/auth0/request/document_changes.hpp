// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_DOCUMENT_CHANGES_HPP
#define METAPATCH_AUTH0_REQUEST_DOCUMENT_CHANGES_HPP

#include <metapatch/auth0/request/text_body.hpp>
#include <metapatch/auth0/request/user_schema.hpp>
#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/policy/policy.hpp>
#include <metapatch/simd/wanted_keys.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace metapatch::auth0::detail {

/// What a body does to one member of a document's root.
struct root_change {
    std::string_view name;                   ///< lives longer than any request
    std::uint64_t print;                     ///< of the name
    std::string_view value;                  ///< to set; empty: the member goes. Of a field of metadata without meaning
    text_body::field const* field = nullptr; ///< of metadata, that its patch changes
};

/// What a body does to a document, in the order in which new members come; and what to look for in a stored one.
class document_changes {
public:
    static constexpr std::size_t npos = static_cast<std::size_t>(-1);

    /// The attributes of a body that a schema stores, but for metadata, which comes behind them.
    /// @param body  must outlive this
    void assign(text_body const& body, std::span<attribute const> schema)
    {
        changes_.clear();
        for (auto const& member : body.members()) {
            auto const* known = find_attribute(schema, member.name);
            if (known->stored && body.find_field(member.name) == nullptr)
                add({known->name, 0, member.type == value_type::null ? "" : body.value(member.name)});
        }
        assign_fields(body);
    }

    /// The attributes of those names, in their order, and behind them metadata.
    void assign(text_body const& body, std::span<std::string_view const> names)
    {
        changes_.clear();
        for (auto const name : names) {
            if (body.members().find(name) != nullptr)
                add({name, 0, body.value(name)});
        }
        assign_fields(body);
    }

    /// The fields of metadata alone.
    void assign(text_body const& body)
    {
        changes_.clear();
        assign_fields(body);
    }

    std::span<root_change const> all() const noexcept { return {changes_.data(), changes_.size()}; }
    wanted_keys const& wanted() const noexcept { return wanted_; }
    wanted_keys const& wanted_inside() const noexcept { return *inside_; }

    /// Whether nothing but first-level patches without a fault are among them.
    bool are_plain() const noexcept { return are_plain_; }

    std::size_t find(std::string_view name, std::uint64_t print) const noexcept
    {
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            if (changes_[i].print == print && changes_[i].name == name)
                return i;
        }
        return npos;
    }

private:
    void add(root_change change)
    {
        change.print = metapatch::detail::fingerprint(change.name);
        changes_.push_back(change);
    }

    void assign_fields(text_body const& body)
    {
        are_plain_ = true;
        inside_ = &no_key;
        keys_inside_.clear();
        bool several = false;
        for (auto const& member : body.members()) { // in the order of the body
            auto const* field = body.find_field(member.name);
            if (field == nullptr)
                continue;
            add({field->rules.name, 0, {}, field});
            auto const& patch = field->patch;
            are_plain_ = are_plain_ && field->faults.empty() && (patch.levels() == 1 || patch.clears());
            if (patch.clears() || patch.members().empty())
                continue;
            several = inside_ != &no_key;
            inside_ = &patch.wanted();
        }
        wanted_.assign(changes_, [](root_change const& each) { return each.name; });
        if (several) {
            for (auto const& each : body.all()) {
                for (auto const& member : each.patch.members())
                    keys_inside_.push_back(member.key);
            }
            both_inside_.assign(keys_inside_, [](std::string_view key) { return key; });
            inside_ = &both_inside_;
        }
    }

    metapatch::detail::small_vector<root_change, 8> changes_;
    metapatch::detail::small_vector<std::string_view, 16> keys_inside_; // of several fields
    wanted_keys wanted_;
    wanted_keys both_inside_;
    wanted_keys const* inside_ = &no_key;
    bool are_plain_ = true;
};

} // namespace metapatch::auth0::detail

#endif
