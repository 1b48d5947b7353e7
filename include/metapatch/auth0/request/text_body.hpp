// SPDX-License-Identifier: BSL-1.0
#ifndef METAPATCH_AUTH0_REQUEST_TEXT_BODY_HPP
#define METAPATCH_AUTH0_REQUEST_TEXT_BODY_HPP

#include <metapatch/auth0/contract/policies.hpp>
#include <metapatch/auth0/contract/refusal.hpp>
#include <metapatch/auth0/request/body_members.hpp>
#include <metapatch/auth0/request/metadata_refusal.hpp>
#include <metapatch/json/open_keys.hpp>
#include <metapatch/json/white_space.hpp>
#include <metapatch/simd/outline.hpp>
#include <metapatch/splice/text_patch.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace metapatch::auth0::detail {

/// A field of metadata that a body may carry, and its policy, whatever that is a type of.
class field_rules {
public:
    field_rules() noexcept {} // left uninitialised

    /// @param policy  must outlive this
    template<key_rule Keys>
    constexpr field_rules(std::string_view field, policy<Keys> const* policy) noexcept
    {
        assign(field, policy);
    }

    /// In place: what is written one by one and copied as a whole, a processor waits for.
    template<key_rule Keys>
    [[gnu::always_inline]] constexpr void assign(std::string_view field, policy<Keys> const* policy) noexcept
    {
        name = field;
        print = metapatch::detail::fingerprint(field);
        merge = &policy->merge;
        limits = &policy->limits;
        filter = metapatch::detail::filter_of(policy->keys);
        policy_ = policy;
        judge_ = &judge_by<Keys>;
    }

    /// Check what a body carries, once that was read into a patch; of a null read it.
    report judge(text_patch& patch, bool is_null) const { return judge_(policy_, patch, is_null); }

    std::string_view name;
    std::uint64_t print; ///< of the name
    merge_rules const* merge;
    metapatch::limits const* limits;
    key_filter filter; ///< of the rule for keys

private:
    template<key_rule Keys>
    static report judge_by(void const* rules, text_patch& patch, bool is_null)
    {
        auto const& by = *static_cast<policy<Keys> const*>(rules);
        if (is_null) [[unlikely]]
            return patch.read("null", by);
        return metapatch::detail::content_of(patch).finish(by);
    }

    void const* policy_;
    report (*judge_)(void const*, text_patch&, bool);
};

/// A request's body as a text, read in one pass: its members, and of each field of metadata the patch, checked by its
/// policy. It refers to the text; read again, it uses its memory again.
class text_body {
public:
    /// What the body carries for a field.
    struct field {
        field_rules const* rules = nullptr;
        std::optional<text_patch> patch; ///< of no meaning where the body does not have the field
        report faults;                   ///< of the patch; where there are any, it is untouched
        std::size_t place = metapatch::detail::patch_members::npos; ///< of its member in the body, or `npos`

        bool is_carried() const noexcept { return place != metapatch::detail::patch_members::npos; }

        /// A patch costs something to make, and of two fields mostly one is carried.
        metapatch::detail::patch_content& content()
        {
            if (!patch) [[unlikely]]
                make();
            return metapatch::detail::content_of(*patch);
        }

    private:
        [[gnu::noinline]] void make() { patch.emplace(); }
    };

    /// @param fields  two at most; they, and their policies, must outlive this
    /// @return        the refusal of a text that is no JSON object
    std::optional<refusal> read(std::string_view text, std::span<field_rules const> fields, scan_with instructions)
    {
        count_ = 0;
        for (auto const& rules : fields) {
            auto& made = fields_[count_++];
            made.rules = &rules;
            made.place = metapatch::detail::patch_members::npos;
            if (!made.faults.empty()) [[unlikely]]
                made.faults.clear();
        }
        root_.clear();
        members_.clear();
        text_ = text;
        auto const begin = metapatch::detail::first_place(text);
        if (begin == text.size() || text[begin] != '{') [[unlikely]]
            return is_json(text, nesting_ceiling, instructions) ? no_object(type_of(text.substr(begin)), begin)
                                                                : no_json(text);
        reader reading{*this};
        if (!metapatch::detail::read_outline(text, nesting_ceiling, instructions, room_, reading)) [[unlikely]]
            return no_json(text);
        root_.resolve();
        members_.read(root_, text, reading.may_hold_escapes);
        for (auto& each : all())
            finish(each);
        return std::nullopt;
    }

    std::string_view text() const noexcept { return text_; }
    body_members& members() noexcept { return members_; }
    body_members const& members() const noexcept { return members_; }

    std::span<field> all() noexcept { return {fields_.data(), count_}; }
    std::span<field const> all() const noexcept { return {fields_.data(), count_}; }

    /// The field of that name, or nullptr.
    field const* find_field(std::string_view name) const noexcept
    {
        for (auto const& each : all()) {
            if (each.rules->name == name)
                return &each;
        }
        return nullptr;
    }

    /// A member as the text has it, by its index in `members()`.
    patch_member const& member_at(std::size_t index) const noexcept { return root_.all()[index]; }

    /// The text of the value of a member that the body has.
    std::string_view value(std::string_view name) const noexcept
    {
        auto const& member = member_at(root_.find(name, metapatch::detail::fingerprint(name)));
        return member.removes() ? "null" : member.value;
    }

    /// Make ready to look for what the patches name, many times.
    void want_all() noexcept
    {
        for (auto& each : all()) {
            if (each.is_carried())
                each.content().want_all();
        }
    }

    /// Hand over what its patches refer to besides the text.
    void release_rewritten(std::list<std::string>& to) noexcept
    {
        for (auto& each : all()) {
            if (each.is_carried())
                each.content().release_rewritten(to);
        }
    }

private:
    /// Takes the root's members from an outline, and leaves what is inside of a field of metadata to its patch.
    struct reader {
        text_body& body;
        metapatch::detail::patch_content* inside = nullptr; // of the field that the outline is in
        bool may_hold_escapes = true;

        void has_no_escapes() noexcept { may_hold_escapes = false; }

        /// Of the first field; mostly the others have the same.
        std::array<char, 2> suspects() const noexcept
        {
            if (body.count_ == 0) [[unlikely]]
                return key_filter().suspects;
            return body.fields_[0].rules->filter.suspects;
        }

        /// The schema judges names of the root.
        static bool minds_suspects(std::size_t level) noexcept { return level > 1; }

        std::string_view key(metapatch::detail::key_place const& place)
        {
            if (place.level > 1)
                return inside != nullptr ? inside->key(place) : std::string_view();
            body.root_.begin_member(body.text_, place);
            return {};
        }

        metapatch::detail::patch_members* takes_members(std::size_t level) const noexcept
        {
            return level == 1 ? &body.root_ : inside != nullptr ? inside->takes_members(level) : nullptr;
        }

        void open(std::size_t at, std::size_t level)
        {
            if (level == 2 && body.text_[at] == '{') {
                for (auto& each : body.all()) {
                    if (each.rules->name == body.root_.last().key) {
                        inside = &each.content();
                        auto const& filter = each.rules->filter;
                        bool const told = filter.suspects_are(suspects());
                        inside->begin(body.text_, at, 1, *each.rules->merge, told ? filter : key_filter());
                    }
                }
            }
            if (inside != nullptr)
                inside->open(at, level);
        }

        void close(std::size_t at, std::size_t before, std::size_t level, bool repeats)
        {
            if (inside != nullptr)
                inside->close(at, before, level, repeats);
            if (level == 2)
                inside = nullptr;
            if (level == 1)
                body.root_.end_member(body.text_, before);
        }
    };

    /// Check the patch that was read, or read one that is no object.
    void finish(field& each)
    {
        if (root_.may_find(each.rules->print))
            each.place = root_.find(each.rules->name, each.rules->print);
        if (!each.is_carried())
            return;
        auto& content = each.content();
        auto const value = root_.all()[each.place].value;
        if (value.starts_with('{') || value.empty()) [[likely]] // null
            each.faults = each.rules->judge(*each.patch, value.empty());
        if (!each.faults.empty() || (!value.empty() && value.front() != '{')) [[unlikely]]
            content.reset(); // also of an object that lost against a later member
    }

    std::string_view text_;
    metapatch::detail::patch_members root_;
    body_members members_;
    std::array<field, 2> fields_; // not `{}`, which would fill their room with zeros
    std::size_t count_ = 0;
    metapatch::detail::key_room room_; // while reading
};

} // namespace metapatch::auth0::detail

#endif
