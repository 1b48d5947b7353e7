// SPDX-License-Identifier: BSL-1.0
#include "documents.hpp"

#include "../harness/text_writer.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace bench {

namespace {

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
        all.documents.emplace_back(std::move(stored), writer.patch(patch_size));
    }
    return all;
}

shape made_deep(std::string name, std::size_t count, std::size_t stored_size)
{
    static std::uint64_t seed = 7'396;
    shape all{std::move(name), {}, deep_merge};
    for (std::size_t i = 0; i < count; ++i) {
        text_writer writer(++seed);
        auto stored = writer.deep(stored_size);
        all.documents.emplace_back(std::move(stored), writer.deep_patch());
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
    all.push_back(made_deep("deep_2KB", 256, 2'000));
    all.push_back(made_deep("deep_64KB", 8, 64'000));
    all.push_back(made_deep("deep_1MB", 1, 1'000'000));
    return all;
}

} // namespace bench
