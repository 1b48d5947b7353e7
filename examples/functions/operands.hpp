// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_FUNCTIONS_OPERANDS_HPP
#define METAPATCH_FUNCTIONS_OPERANDS_HPP

#include "field_rules.hpp"
#include "text.hpp"

#include <metapatch/json/exact_dom.hpp>
#include <metapatch/patch/patch.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string_view>
#include <utility>

namespace functions {

/// What an operation works on.
///
/// The library's patches are of objects, and RFC 7396 is for documents of any type: a document is the member "" of an
/// object, and its patch too. The object has no such member where the document is absent or null: no merge patch tells
/// the two apart.
struct stored_state {
    metapatch::state fields{};
    bool present = false; ///< the document or the field
};

/// The texts of a call as values whose numbers are exact. Of those that cannot be read the first is remembered: then the
/// call is refused with it, whatever else was read. They must outlive it.
class operands {
public:
    explicit operands(field_rules const& policy) : policy_(policy) {}

    /// Null where it is missing or wrong.
    boost::json::value value_of(named_text const& given)
    {
        auto read = given.content ? dom_.read(*given.content, policy_.rules.read)
                                  : metapatch::result<boost::json::value>(nullptr);
        if (!read)
            refuse(read.error(), given);
        return read ? std::move(*read) : boost::json::value();
    }

    /// Empty where it is wrong.
    boost::json::object object_of(named_text const& given)
    {
        auto value = value_of(given);
        if (!value.is_object())
            refuse(metapatch::report({.code = metapatch::errc::expected_object}), given);
        return value.is_object() ? std::move(value.get_object()) : boost::json::object();
    }

    /// Empty where it is missing, too.
    boost::json::object object_if_given(named_text const& given)
    {
        return given.content ? object_of(given) : boost::json::object();
    }

    stored_state state_of(named_text const& given)
    {
        bool const present = given.content.has_value();
        if (policy_.is_document)
            return {document(value_of(given)), present};
        return present ? stored_state{object_of(given), true} : stored_state();
    }

    metapatch::patch patch_of(named_text const& given)
    {
        if (!given.content)
            return metapatch::patch();
        auto body = value_of(given);
        if (policy_.is_document)
            return metapatch::patch::of(boost::json::object{{"", std::move(body)}}, false, metapatch::unlimited);
        auto made = metapatch::patch::from(std::move(body), policy_.rules);
        if (!made)
            refuse(made.error(), given);
        return made ? *std::move(made) : metapatch::patch();
    }

    /// A document, as the member of an object.
    static boost::json::object document(boost::json::value value)
    {
        boost::json::object fields;
        if (!value.is_null())
            fields.emplace("", std::move(value));
        return fields;
    }

    /// A pointer into the document or the field.
    std::string_view pointer(std::string_view inside) const
    {
        inside.remove_prefix(policy_.is_document && !inside.empty() ? 1 : 0);
        return inside;
    }

    field_rules const& policy() const noexcept { return policy_; }
    metapatch::exact_dom const& dom() const noexcept { return dom_; }

    bool are_wrong() const noexcept { return !why_.empty(); }

    /// What is wrong with the first text that cannot be read, and which that is.
    metapatch::report const& why() const noexcept { return why_; }
    named_text const& wrong_text() const noexcept { return in_; }

private:
    void refuse(metapatch::report const& why, named_text const& in)
    {
        if (are_wrong())
            return;
        why_ = why;
        in_ = in;
    }

    field_rules const& policy_;
    metapatch::exact_dom dom_;
    metapatch::report why_;
    named_text in_{};
};

} // namespace functions

#endif
