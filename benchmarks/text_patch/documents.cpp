// SPDX-License-Identifier: BSL-1.0
#include "documents.hpp"

#include "contender.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bench {

namespace {

/// Updates one member, adds one, removes one: 50 bytes.
constexpr std::string_view small_patch = R"({"plan":"enterprise","theme":"dark","coupon":null})";

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

/// splitmix64: a few lines, and good enough that no pattern shows.
class random_numbers {
public:
    explicit random_numbers(std::uint64_t seed) noexcept : state_(seed) {}

    std::size_t below(std::size_t limit) noexcept
    {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = (state_ ^ (state_ >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (mixed ^ (mixed >> 31)) % limit;
    }

    bool chance(std::size_t percent) noexcept { return below(100) < percent; }

private:
    std::uint64_t state_;
};

class text_writer {
public:
    explicit text_writer(std::uint64_t seed) noexcept : random_(seed) {}

    /// An object whose first-level members are of all kinds.
    std::string nested(std::size_t size)
    {
        std::size_t const share = std::max<std::size_t>(size / 24, 30);
        return object(size, [&] {
            key(count_, count_);
            if (share > 400 || (size > 1'000 && random_.chance(40)))
                container(share, 1);
            else
                scalar();
        });
    }

    std::string flat(std::size_t size)
    {
        return object(size, [&] {
            auto const begin = text_.size();
            key(count_, count_);
            sentence(begin + 78 + random_.below(119));
        });
    }

    std::string tiny(std::size_t size)
    {
        return object(size, [&] {
            text_ += "\"k" + std::to_string(10'000 + count_) + "\":" + std::to_string(random_.below(100));
        });
    }

    /// Sets what `nested` has and what it has not, and removes a member.
    std::string patch(std::size_t size)
    {
        text_ = small_patch;
        text_.pop_back();
        for (; text_.size() < size; ++count_) {
            text_ += ',';
            key(count_, count_);
            container(100, 1);
        }
        return text_ + '}';
    }

private:
    /// Calls `member` for each but those that the small patch is about.
    template<class Member>
    std::string object(std::size_t size, Member const& member)
    {
        text_.reserve(size + 2'000);
        text_ = "{";
        bool has_plan = false;
        bool has_coupon = false;
        for (; text_.size() < size; ++count_) {
            text_ += count_ > 0 ? "," : "";
            if (!has_plan && text_.size() > size / 4) {
                text_ += R"("plan":"free")";
                has_plan = true;
            } else if (!has_coupon && text_.size() > size / 4 * 3) {
                text_ += R"("coupon":"SPRING-24")";
                has_coupon = true;
            } else {
                member();
            }
        }
        return text_ + '}';
    }

    /// @param index  of the member in its object
    void key(std::size_t word, std::size_t index)
    {
        text_ += '"';
        text_ += keys[word % keys.size()];
        text_ += index < keys.size() ? "\":" : '_' + std::to_string(index) + "\":";
    }

    void container(std::size_t size, std::size_t depth)
    {
        bool const is_object = random_.chance(65);
        auto const begin = text_.size();
        auto const first_word = random_.below(keys.size());
        text_ += is_object ? '{' : '[';
        for (std::size_t i = 0; i == 0 || text_.size() - begin < size; ++i) {
            text_ += i > 0 ? "," : "";
            if (is_object)
                key(first_word + i, i);
            auto const left = size - std::min(size, text_.size() - begin);
            if (depth < 6 && left > 60 && random_.chance(40))
                container(std::min(left, 40 + random_.below(left > 2'000 ? 1'500 : 160)), depth + 1);
            else
                scalar();
        }
        text_ += is_object ? '}' : ']';
    }

    void scalar()
    {
        auto const kind = random_.below(100);
        if (kind < 50)
            sentence(text_.size() + random_.below(40));
        else if (kind < 65)
            text_ += std::to_string(random_.below(100'000));
        else if (kind < 75) // prices, coordinates
            text_ += (kind < 68 ? "-" : "") + std::to_string(random_.below(2'000)) + '.' +
                     std::to_string(10 + random_.below(90));
        else if (kind < 80)
            text_ += std::to_string(1'700'000'000'000 + random_.below(60'000'000'000));
        else if (kind < 95)
            text_ += kind < 88 ? "true" : "false";
        else
            text_ += "null";
    }

    /// A string that ends about there.
    void sentence(std::size_t end)
    {
        text_ += '"';
        word();
        while (text_.size() + 8 < end) {
            text_ += ' ';
            word();
        }
        text_ += '"';
    }

    void word()
    {
        text_ += random_.chance(8) ? special_words[random_.below(special_words.size())]
                                   : plain_words[random_.below(plain_words.size())];
    }

    random_numbers random_;
    std::string text_;
    std::size_t count_ = 0; ///< first-level members so far
};

document with_padding(std::string name, std::string stored, std::string patch)
{
    stored.reserve(stored.size() + padding);
    patch.reserve(patch.size() + padding);
    return {std::move(name), std::move(stored), std::move(patch)};
}

} // namespace

std::vector<document> documents()
{
    std::vector<document> all;
    auto const add = [&all](std::string name, std::string stored, std::string patch = std::string(small_patch)) {
        all.push_back(with_padding(std::move(name), std::move(stored), std::move(patch)));
    };
    add("nested_200B", text_writer(1).nested(180));
    add("nested_2KB", text_writer(2).nested(2'000));
    add("nested_2KB_patch_2KB", text_writer(2).nested(2'000), text_writer(3).patch(1'800));
    add("nested_64KB", text_writer(4).nested(64'000));
    add("flat_64KB", text_writer(5).flat(64'000));
    add("nested_1MB", text_writer(6).nested(1'000'000));
    add("flat_1MB", text_writer(7).flat(1'000'000));
    add("tiny_1MB", text_writer(8).tiny(1'000'000));
    add("nested_15MB", text_writer(9).nested(15'000'000));
    add("flat_15MB", text_writer(10).flat(15'000'000));
    return all;
}

} // namespace bench
