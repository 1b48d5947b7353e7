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

/// splitmix64: a few lines, and good enough that no pattern shows. Never twice in one expression: compilers differ in
/// which comes first.
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
    explicit text_writer(std::uint64_t seed)
        : random_(seed), update_(updates[random_.below(updates.size())]),
          addition_(additions[random_.below(additions.size())]), removal_(removals[random_.below(removals.size())])
    {
    }

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

    /// For the object that was written before.
    std::string patch(std::size_t size)
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

private:
    /// Calls `member` for each but those that the patch updates and removes.
    template<class Member>
    std::string object(std::size_t size, Member const& member)
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
        else if (kind < 75)
            price(kind < 68);
        else if (kind < 80)
            text_ += std::to_string(1'700'000'000'000 + random_.below(60'000'000'000));
        else if (kind < 95)
            text_ += kind < 88 ? "true" : "false";
        else
            text_ += "null";
    }

    void price(bool negative)
    {
        text_ += negative ? "-" : "";
        text_ += std::to_string(random_.below(2'000));
        text_ += '.';
        text_ += std::to_string(10 + random_.below(90));
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
    std::string_view update_;
    std::string_view addition_;
    std::string_view removal_;
    std::string text_;
    std::size_t count_ = 0; ///< first-level members so far
};

enum class kind { nested, flat, tiny };

std::string stored_text(text_writer& writer, kind of, std::size_t size)
{
    switch (of) {
    case kind::nested:
        return writer.nested(size);
    case kind::flat:
        return writer.flat(size);
    default:
        return writer.tiny(size);
    }
}

/// @param count  so many different ones, that together they are more than a processor learns by heart
shape made(std::string name, std::size_t count, kind of, std::size_t stored_size, std::size_t patch_size = 0)
{
    static std::uint64_t seed = 0;
    shape all{std::move(name), {}};
    for (std::size_t i = 0; i < count; ++i) {
        text_writer writer(++seed);
        auto stored = stored_text(writer, of, stored_size);
        auto patch = writer.patch(patch_size);
        stored.reserve(stored.size() + padding);
        patch.reserve(patch.size() + padding);
        all.documents.push_back({std::move(stored), std::move(patch)});
    }
    return all;
}

} // namespace

std::vector<shape> shapes()
{
    std::vector<shape> all;
    all.push_back(made("nested_200B", 256, kind::nested, 180));
    all.push_back(made("nested_2KB", 256, kind::nested, 2'000));
    all.push_back(made("nested_2KB_patch_2KB", 128, kind::nested, 2'000, 1'800));
    all.push_back(made("nested_64KB", 8, kind::nested, 64'000));
    all.push_back(made("flat_64KB", 8, kind::flat, 64'000));
    all.push_back(made("nested_1MB", 1, kind::nested, 1'000'000));
    all.push_back(made("flat_1MB", 1, kind::flat, 1'000'000));
    all.push_back(made("tiny_1MB", 1, kind::tiny, 1'000'000));
    all.push_back(made("nested_15MB", 1, kind::nested, 15'000'000));
    all.push_back(made("flat_15MB", 1, kind::flat, 15'000'000));
    return all;
}

} // namespace bench
