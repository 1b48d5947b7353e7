// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_TESTS_CASE_TEXTS_HPP
#define METAPATCH_TESTS_CASE_TEXTS_HPP

#include "request.hpp"

#include <metapatch/algebra/bodies.hpp>
#include <metapatch/auth0.hpp>
#include <metapatch/json/exact_dom.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace metapatch::conformance {

/// Whose rules a case is under.
struct subject {
    auth0::field_policy policy;
    bool is_document;                               ///< any JSON value, not a field
    std::span<std::string_view const> root_names{}; ///< of the document that the field is copied over

    /// Nothing where the profile is not offered.
    static std::optional<subject> of(std::string_view profile)
    {
        if (auto const* known = auth0::find_profile(profile))
            return subject{known->policy, false,
                           profile == "auth0.app_metadata" ? auth0::root_attributes
                                                           : std::span<std::string_view const>()};
        if (profile != "rfc7396")
            return std::nullopt;
        return subject{{{}, rfc7396.merge, {}, {.max_nesting = nesting_ceiling}}, true, {}};
    }
};

/// What a case works on.
///
/// The library's patches are of objects, and RFC 7396 is for documents of any type: a document is the member "" of an
/// object, and its patch too. The object has no such member where the document is absent or null: no merge patch tells
/// the two apart.
struct stored_state {
    state fields;
    bool present; ///< the document or the field
};

/// The texts of a case as values whose numbers are exact, and what is made of them as texts again. What cannot be read is
/// thrown as `refused`.
class case_texts {
public:
    explicit case_texts(subject const& rules) : rules_(rules) {}

    boost::json::value read(std::string text)
    {
        texts_.push_back(std::move(text));
        return dom_.read(texts_.back()).value();
    }

    stored_state read_state(std::optional<std::string> text)
    {
        if (!text)
            return {rules_.is_document ? state(std::in_place) : state(), false};
        return state_of(read(std::move(*text)));
    }

    stored_state state_of(std::optional<boost::json::value> value) const
    {
        if (rules_.is_document) {
            boost::json::object fields;
            if (value && !value->is_null())
                fields.emplace("", std::move(*value));
            return {std::move(fields), value.has_value()};
        }
        if (!value)
            return {state(), false};
        if (!value->is_object())
            throw refused(report({.code = errc::expected_object}));
        return {std::move(value->get_object()), true};
    }

    patch read_patch(std::optional<std::string> text) { return text ? patch_of(read(std::move(*text))) : patch(); }

    patch patch_of(boost::json::value body) const
    {
        if (rules_.is_document)
            return patch::of(boost::json::object{{"", std::move(body)}}, false, unlimited);
        return patch::from(std::move(body), rules_.policy).value();
    }

    boost::json::array write(patch_bodies const& bodies) const
    {
        boost::json::array texts;
        for (auto const& body : bodies.in_turn)
            texts.emplace_back(dom_.write(rules_.is_document ? body.at("") : body));
        return texts;
    }

    /// A pointer into the document or the field.
    std::string_view pointer(std::string_view inside) const
    {
        inside.remove_prefix(rules_.is_document && !inside.empty() ? 1 : 0);
        return inside;
    }

    exact_dom const& dom() const { return dom_; }

private:
    subject const& rules_;
    std::deque<std::string> texts_; // whose numbers the values refer to
    exact_dom dom_;
};

} // namespace metapatch::conformance

#endif
