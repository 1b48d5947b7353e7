// SPDX-License-Identifier: BSL-1.0
#include "text_writer.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bench {

namespace {

/// What the patches of 50 bytes are about: one of each.
constexpr auto updates = std::to_array<std::string_view>(
    {R"("plan":"enterprise")", R"("tier":"individual")", R"("role":"maintainer")", R"("mode":"production")"});
constexpr auto additions =
    std::to_array<std::string_view>({R"("theme":"dark")", R"("level":"gold")", R"("depth":12345)", R"("agent":[7,9])"});
constexpr auto removals = std::to_array<std::string_view>({"coupon", "trials", "invite", "banner"});

constexpr auto keys = std::to_array<std::string_view>(
    {"address",   "locale",     "tags",         "preferences", "last_seen", "company",  "devices", "score",
     "consents",  "phone",      "display_name", "visits",      "segments",  "billing",  "avatar",  "notes",
     "timezone",  "newsletter", "referrer",     "team",        "quota",     "features", "city",    "currency",
     "onboarded", "history",    "manager",      "language",    "birthday",  "website",  "limits",  "department"});

constexpr auto plain_words = std::to_array<std::string_view>(
    {"Vienna",     "account", "quarterly", "blue",   "support",  "de-AT",      "invoice",    "weekly",
     "unlimited",  "premium", "northwind", "mobile", "customer", "2024-05-17", "headphones", "renewal",
     "invitation", "ready",   "priority",  "annual", "export",   "workspace",  "pending",    "https://a.io"});

/// As they stand in a text: not ASCII, or escaped.
constexpr auto special_words = std::to_array<std::string_view>(
    {"Zürich", "São Paulo", "東京", "🙂 thanks", "Łódź", "naïve", R"(\"gold\")", R"(one\ntwo)", R"(C:\\import)"});

} // namespace

text_writer::text_writer(std::uint64_t seed)
    : random_(seed), update_(updates[random_.below(updates.size())]),
      addition_(additions[random_.below(additions.size())]), removal_(removals[random_.below(removals.size())])
{
}

/// Calls `member` for each but those that the patch updates and removes.
template<class Member>
std::string text_writer::object(std::size_t size, Member const& member)
{
    auto const update_at = random_.below(size * 7 / 10);
    auto const removal_at = random_.below(size * 7 / 10);
    bool updates_one = false;
    bool removes_one = false;
    text_ = "{";
    for (count_ = 0; text_.size() < size; ++count_) {
        text_ += count_ > 0 ? "," : "";
        if (!updates_one && text_.size() > update_at) {
            text_.append(update_.substr(0, update_.find(':'))).append(":\"free\"");
            updates_one = true;
        } else if (!removes_one && text_.size() > removal_at) {
            text_.append("\"").append(removal_).append("\":\"SPRING-24\"");
            removes_one = true;
        } else {
            member();
        }
    }
    return text_ + '}';
}

std::string text_writer::nested(std::size_t size)
{
    std::size_t const share = std::max<std::size_t>(size / 24, 30);
    return object(size, [&] { nested_member(share, size); });
}

std::string text_writer::deep(std::size_t size)
{
    std::size_t const share = std::max<std::size_t>(size / 24, 150);
    auto const settings_at = random_.below(size / 2);
    auto const account_at = random_.below(size / 2);
    bool has_settings = false;
    bool has_account = false;
    return object(size, [&] {
        if (!has_settings && text_.size() > settings_at) {
            branch("settings", share, 1, [&] { text_ += R"("theme":"light")"; });
            has_settings = true;
        } else if (!has_account && text_.size() > account_at) {
            branch("account", share, 1,
                   [&] { branch("contact", share / 3, 2, [&] { text_ += R"("email":"jo@example.com")"; }); });
            has_account = true;
        } else {
            nested_member(size / 24, size);
        }
    });
}

std::string text_writer::flat(std::size_t size)
{
    return object(size, [&] {
        auto const begin = text_.size();
        key(count_, count_);
        sentence(begin + 78 + random_.below(119));
    });
}

std::string text_writer::tiny(std::size_t size)
{
    return object(
        size, [&] { text_ += "\"k" + std::to_string(10'000 + count_) + "\":" + std::to_string(random_.below(100)); });
}

std::string text_writer::patch(std::size_t size)
{
    text_ = "{";
    text_.append(update_).append(",").append(addition_).append(",\"").append(removal_).append("\":null");
    for (count_ = 0; text_.size() < size; ++count_) {
        text_ += ',';
        key(count_, count_);
        container(100, 1);
    }
    return text_ + '}';
}

std::string text_writer::deep_patch() const
{
    return std::string("{").append(update_).append(
        R"(,"settings":{"theme":"dark"},"account":{"contact":{"email":"joanna@example.org"}}})");
}

/// An object of that name with this one member among others.
template<class Member>
void text_writer::branch(std::string_view name, std::size_t size, std::size_t depth, Member const& member)
{
    text_.append("\"").append(name).append("\":{");
    auto const begin = text_.size();
    auto const member_at = random_.below(size * 7 / 10);
    auto const first_word = random_.below(keys.size());
    bool has_member = false;
    for (std::size_t i = 0; !has_member || text_.size() - begin < size; ++i) {
        text_ += i > 0 ? "," : "";
        if (!has_member && text_.size() - begin >= member_at) {
            member();
            has_member = true;
        } else {
            key(first_word + i, i);
            inner_value(size - std::min(size, text_.size() - begin), depth);
        }
    }
    text_ += '}';
}

/// @param share  of a container in the object's size
void text_writer::nested_member(std::size_t share, std::size_t size)
{
    key(count_, count_);
    if (share > 400 || (size > 1'000 && random_.chance(40)))
        container(share, 1);
    else
        scalar();
}

/// @param index  of the member in its object
void text_writer::key(std::size_t word, std::size_t index)
{
    text_ += '"';
    text_ += keys[word % keys.size()];
    text_ += index < keys.size() ? "\":" : '_' + std::to_string(index) + "\":";
}

void text_writer::container(std::size_t size, std::size_t depth)
{
    bool const is_object = random_.chance(65);
    auto const begin = text_.size();
    auto const first_word = random_.below(keys.size());
    text_ += is_object ? '{' : '[';
    for (std::size_t i = 0; i == 0 || text_.size() - begin < size; ++i) {
        text_ += i > 0 ? "," : "";
        if (is_object)
            key(first_word + i, i);
        inner_value(size - std::min(size, text_.size() - begin), depth);
    }
    text_ += is_object ? '}' : ']';
}

/// @param left   bytes of the container that it is for
/// @param depth  of that container
void text_writer::inner_value(std::size_t left, std::size_t depth)
{
    if (depth < 6 && left > 60 && random_.chance(40))
        container(std::min(left, 40 + random_.below(left > 2'000 ? 1'500 : 160)), depth + 1);
    else
        scalar();
}

void text_writer::scalar()
{
    auto const kind = random_.below(100);
    if (kind < 50)
        sentence(text_.size() + random_.below(40));
    else if (kind < 65)
        text_ += std::to_string(random_.below(100'000));
    else if (kind < 75)
        price(kind < 68);
    else if (kind < 80)
        text_ += std::to_string(1'700'000'000'000 + random_.below(60'000'000'000));
    else if (kind < 95)
        text_ += kind < 88 ? "true" : "false";
    else
        text_ += "null";
}

void text_writer::price(bool negative)
{
    text_ += negative ? "-" : "";
    text_ += std::to_string(random_.below(2'000));
    text_ += '.';
    text_ += std::to_string(10 + random_.below(90));
}

/// A string that ends about there.
void text_writer::sentence(std::size_t end)
{
    text_ += '"';
    word();
    while (text_.size() + 8 < end) {
        text_ += ' ';
        word();
    }
    text_ += '"';
}

void text_writer::word()
{
    text_ += random_.chance(8) ? special_words[random_.below(special_words.size())]
                               : plain_words[random_.below(plain_words.size())];
}

} // namespace bench
