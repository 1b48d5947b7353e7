// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_BODY_MEMBERS_HPP
#define METAPATCH_AUTH0_REQUEST_BODY_MEMBERS_HPP

#include <metapatch/json/fingerprint.hpp>
#include <metapatch/json/nearest_double.hpp>
#include <metapatch/json/small_vector.hpp>
#include <metapatch/json/text.hpp>
#include <metapatch/json/walk.hpp>
#include <metapatch/json/words.hpp>
#include <metapatch/outcome/violation.hpp>
#include <metapatch/splice/patch_members.hpp>

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <cstdint>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

/// The members of a request's body as far as the schema of an endpoint looks at them: the same for a DOM and for a
/// text.
namespace metapatch::auth0::detail {

/// The type of a value, with the words of the service's messages.
enum class value_type : std::uint8_t { null, boolean, integer, number, string, array, object };

constexpr std::string_view name(value_type type) noexcept
{
    constexpr std::string_view names[]{"null", "boolean", "integer", "number", "string", "array", "object"};
    return names[static_cast<std::size_t>(type)];
}

struct attribute;

struct body_member {
    std::string_view name;
    value_type type;
    std::string_view content;         ///< of a string: what it means
    std::uint64_t print;              ///< of the name
    attribute const* known = nullptr; ///< what the schema says of the name, once `look_up` asked it
};

/// A number without decimals is an integer, however it is written: JavaScript's view.
inline value_type type_of(double number) noexcept
{
    return std::isfinite(number) && std::floor(number) == number ? value_type::integer : value_type::number;
}

inline value_type type_of(boost::json::value const& value) noexcept
{
    switch (value.kind()) {
    case boost::json::kind::null:
        return value_type::null;
    case boost::json::kind::bool_:
        return value_type::boolean;
    case boost::json::kind::int64:
    case boost::json::kind::uint64:
        return value_type::integer;
    case boost::json::kind::double_:
        return type_of(value.get_double());
    case boost::json::kind::string:
        return value_type::string;
    case boost::json::kind::array:
        return value_type::array;
    default:
        return value_type::object;
    }
}

/// @param text  of one JSON value, without white space around it
inline value_type type_of(std::string_view text) noexcept
{
    switch (text.front()) {
    case 'n':
        return value_type::null;
    case 't':
    case 'f':
        return value_type::boolean;
    case '"':
        return value_type::string;
    case '[':
        return value_type::array;
    case '{':
        return value_type::object;
    default:
        return type_of(metapatch::detail::nearest_double(text));
    }
}

/// The JSON Pointer of a member of a body.
inline std::string pointer_to(std::string_view name)
{
    std::string pointer;
    append_pointer_token(pointer, name);
    return pointer;
}

/// The members of a body, in its order. It refers to the body.
class body_members {
public:
    body_members() = default;
    body_members(body_members const&) = delete;
    body_members& operator=(body_members const&) = delete;

    /// Forget all; the memory is kept.
    void clear() noexcept
    {
        members_.clear();
        names_.clear();
        sizes_ = 0;
        of_text_ = {};
        if (!unescaped_.empty()) [[unlikely]]
            unescaped_.clear();
    }

    void read(boost::json::object const& body)
    {
        clear();
        for (auto const& each : body)
            add(each.key(), each.value());
    }

    /// One member.
    void read(std::string_view name, boost::json::value const& value)
    {
        clear();
        add(name, value);
    }

    /// @param text              that the members are of
    /// @param may_hold_escapes  strings of it
    void read(metapatch::detail::patch_members const& body, std::string_view text, bool may_hold_escapes)
    {
        clear();
        text_ = text;
        of_text_ = body.all();
        for (auto const& each : of_text_)
            add({each.key, each.removes() ? value_type::null : type_of(each.value), content(each, may_hold_escapes),
                 each.print});
    }

    body_member const* begin() const noexcept { return members_.begin(); }
    body_member const* end() const noexcept { return members_.end(); }

    body_member const* find(std::string_view name) const noexcept
    {
        if ((sizes_ & bit_of(name)) == 0)
            return nullptr; // as for most that are asked for
        for (auto const& each : members_) {
            if (each.name == name)
                return &each;
        }
        return nullptr;
    }

    /// Remember of each member what `find(name, print)` says of its name and the fingerprint of that.
    /// @return whether it knows them all
    template<class Find>
    bool look_up(Find find) noexcept
    {
        bool knows_all = true;
        for (auto& each : members_) {
            each.known = find(each.name, each.print);
            knows_all = knows_all && each.known != nullptr;
        }
        return knows_all;
    }

    /// A violation by one of these members, with the offset of its key where the body is a text.
    violation at_key(body_member const& member, errc code) const { return at(member, code, false); }

    /// The same with the offset of its value.
    violation at_value(body_member const& member, errc code) const { return at(member, code, true); }

    std::span<std::string_view const> names() const noexcept { return {names_.data(), names_.size()}; }

private:
    violation at(body_member const& member, errc code, bool value) const
    {
        violation made{.code = code, .pointer = pointer_to(member.name)};
        if (!of_text_.empty()) {
            auto const label = of_text_[static_cast<std::size_t>(&member - begin())].label;
            made.offset = static_cast<std::size_t>(label.data() - text_.data()) + (value ? label.size() : 0);
        }
        return made;
    }

    void add(std::string_view name, boost::json::value const& value)
    {
        auto const* string = value.if_string();
        add({name, type_of(value), string != nullptr ? std::string_view(*string) : "",
             metapatch::detail::fingerprint(name)});
    }

    void add(body_member const& member)
    {
        members_.push_back(member);
        names_.push_back(member.name);
        sizes_ |= bit_of(member.name);
    }

    /// One of 64, by the size of a name.
    static constexpr std::uint64_t bit_of(std::string_view name) noexcept
    {
        return std::uint64_t{1} << (name.size() % 64);
    }

    std::string_view content(patch_member const& member, bool may_hold_escapes)
    {
        if (member.removes() || member.value.front() != '"')
            return {};
        std::string_view const raw(member.value.data() + 1, member.value.size() - 2);
        if (!may_hold_escapes || !metapatch::detail::holds(raw, '\\')) [[likely]]
            return raw;
        append_unescaped(unescaped_.emplace_back(), raw);
        return unescaped_.back();
    }

    std::string_view text_;                 // of a body that is one
    std::span<patch_member const> of_text_; // each member as it stands there
    metapatch::detail::small_vector<body_member, 8> members_;
    metapatch::detail::small_vector<std::string_view, 8> names_;
    std::uint64_t sizes_ = 0; // which sizes of names there are
    std::list<std::string> unescaped_;
};

} // namespace metapatch::auth0::detail

#endif
