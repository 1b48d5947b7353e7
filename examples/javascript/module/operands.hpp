// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_MODULE_OPERANDS_HPP
#define METAPATCH_MODULE_OPERANDS_HPP

#include "arguments.hpp"
#include "policy_record.hpp"
#include "violations.hpp"

#include <metapatch/json/exact_dom.hpp>
#include <metapatch/patch/patch.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace border {

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
/// call is refused with it, whatever else was read.
class operands {
public:
    operands(arguments const& given, defined_policy const& policy) : given_(given), policy_(policy) {}

    bool given(std::size_t index) const noexcept { return given_[index].has_value(); }

    /// Null where it is missing or wrong.
    boost::json::value value_at(std::size_t index, std::string_view name)
    {
        auto const text = given_[index];
        auto read = text ? dom_.read(*text, policy_.rules.read) : metapatch::result<boost::json::value>(nullptr);
        if (!read)
            refuse(read.error(), {name, text});
        return read ? std::move(*read) : boost::json::value();
    }

    /// Empty where it is wrong.
    boost::json::object object_at(std::size_t index, std::string_view name)
    {
        auto value = value_at(index, name);
        if (!value.is_object())
            refuse(metapatch::report({.code = metapatch::errc::expected_object}), {name, given_[index]});
        return value.is_object() ? std::move(value.get_object()) : boost::json::object();
    }

    /// Empty where it is missing, too.
    boost::json::object object_if_given(std::size_t index, std::string_view name)
    {
        return given(index) ? object_at(index, name) : boost::json::object();
    }

    stored_state state_at(std::size_t index, std::string_view name)
    {
        bool const present = given(index);
        if (policy_.is_document)
            return {document(value_at(index, name)), present};
        return present ? stored_state{object_at(index, name), true} : stored_state();
    }

    metapatch::patch patch_at(std::size_t index, std::string_view name)
    {
        if (!given(index))
            return metapatch::patch();
        auto body = value_at(index, name);
        if (policy_.is_document)
            return metapatch::patch::of(boost::json::object{{"", std::move(body)}}, false, metapatch::unlimited);
        auto made = metapatch::patch::from(std::move(body), policy_.rules);
        if (!made)
            refuse(made.error(), {name, given_[index]});
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

    defined_policy const& policy() const noexcept { return policy_; }
    metapatch::exact_dom const& dom() const noexcept { return dom_; }

    bool are_wrong() const noexcept { return !why_.empty(); }

    void write_refusal(json_answer& to) const
    {
        to.begin('{').key("ok").word("false");
        write_violations(to, why_, [this](auto const&) { return in_; });
        to.end('}');
    }

private:
    void refuse(metapatch::report const& why, named_text in)
    {
        if (are_wrong())
            return;
        why_ = why;
        in_ = in;
    }

    arguments const& given_;
    defined_policy const& policy_;
    metapatch::exact_dom dom_;
    metapatch::report why_;
    named_text in_{};
};

} // namespace border

#endif
