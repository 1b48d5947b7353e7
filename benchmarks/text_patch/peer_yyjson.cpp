// SPDX-License-Identifier: BSL-1.0
#include "../harness/contender.hpp"
#include "documents.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <vector>
#include <yyjson.h>

namespace {

struct freed {
    void operator()(yyjson_doc* document) const noexcept { yyjson_doc_free(document); }
    void operator()(yyjson_mut_doc* document) const noexcept { yyjson_mut_doc_free(document); }
    void operator()(char* text) const noexcept { std::free(text); }
};

template<class Document>
using owned = std::unique_ptr<Document, freed>;

/// As its manual shows it: read, copy into a mutable document, change, write.
class plain : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        owned<yyjson_doc> const read(yyjson_read(job.stored.data(), job.stored.size(), 0));
        owned<yyjson_doc> const patch(yyjson_read(job.body.data(), job.body.size(), 0));
        owned<yyjson_mut_doc> const stored(yyjson_doc_mut_copy(read.get(), nullptr));
        auto* const object = yyjson_mut_doc_get_root(stored.get());
        auto members = yyjson_obj_iter_with(yyjson_doc_get_root(patch.get()));
        while (auto* const key = yyjson_obj_iter_next(&members)) {
            auto* const name = yyjson_val_mut_copy(stored.get(), key);
            auto* const value = yyjson_obj_iter_get_val(key);
            yyjson_mut_obj_put(object, name,
                               yyjson_is_null(value) ? nullptr : yyjson_val_mut_copy(stored.get(), value));
        }
        text_.reset(yyjson_mut_write(stored.get(), 0, &size_));
    }

    std::string_view text() override { return {text_.get(), size_}; }

private:
    owned<char> text_;
    std::size_t size_ = 0;
};

/// As its manual shows that of RFC 7396.
class merge_patch : public bench::contender {
public:
    void run(bench::job const& job) override
    {
        owned<yyjson_doc> const stored(yyjson_read(job.stored.data(), job.stored.size(), 0));
        owned<yyjson_doc> const patch(yyjson_read(job.body.data(), job.body.size(), 0));
        owned<yyjson_mut_doc> const result(yyjson_mut_doc_new(nullptr));
        yyjson_mut_doc_set_root(result.get(), yyjson_merge_patch(result.get(), yyjson_doc_get_root(stored.get()),
                                                                 yyjson_doc_get_root(patch.get())));
        text_.reset(yyjson_mut_write(result.get(), 0, &size_));
    }

    std::string_view text() override { return {text_.get(), size_}; }

private:
    owned<char> text_;
    std::size_t size_ = 0;
};

/// A text read in situ, which takes a fresh copy for every parse, into memory that is used again.
class in_situ_reader {
public:
    explicit in_situ_reader(std::size_t longest)
        : copy_(new char[longest + YYJSON_PADDING_SIZE]),
          memory_size_(yyjson_read_max_memory_usage(longest, YYJSON_READ_INSITU)), memory_(new char[memory_size_])
    {
    }

    yyjson_val* read(std::string_view text)
    {
        std::memcpy(copy_.get(), text.data(), text.size());
        std::memset(copy_.get() + text.size(), 0, YYJSON_PADDING_SIZE);
        yyjson_alc allocator;
        yyjson_alc_pool_init(&allocator, memory_.get(), memory_size_);
        auto* const document = yyjson_read_opts(copy_.get(), text.size(), YYJSON_READ_INSITU, &allocator, nullptr);
        if (document == nullptr)
            throw std::runtime_error("yyjson refuses a text");
        return yyjson_doc_get_root(document); // it lives in the memory, which is not freed
    }

private:
    std::unique_ptr<char[]> copy_;
    std::size_t memory_size_;
    std::unique_ptr<char[]> memory_;
};

/// Without a mutable copy: the members that stay and those of the patch are written one by one.
class tuned : public bench::contender {
public:
    explicit tuned(bench::jobs const& given)
        : stored_(given.longest_stored), patch_(given.longest_body),
          room_size_(2 * (given.longest_stored + given.longest_body) + 1'024), room_(new char[room_size_])
    {
    }

    void run(bench::job const& job) override
    {
        auto* const stored = stored_.read(job.stored);
        auto* const patch = patch_.read(job.body);
        size_ = 0;
        met_.clear();
        auto members = yyjson_obj_iter_with(stored);
        while (auto* const key = yyjson_obj_iter_next(&members)) {
            auto* const change = yyjson_obj_getn(patch, yyjson_get_str(key), yyjson_get_len(key));
            if (change != nullptr)
                met_.push_back(change);
            if (!yyjson_is_null(change))
                write_member(key, change != nullptr ? change : yyjson_obj_iter_get_val(key));
        }
        members = yyjson_obj_iter_with(patch);
        while (auto* const key = yyjson_obj_iter_next(&members)) {
            auto* const value = yyjson_obj_iter_get_val(key);
            if (!yyjson_is_null(value) && std::find(met_.begin(), met_.end(), value) == met_.end())
                write_member(key, value);
        }
        put(size_ == 0 ? "{}" : "}");
    }

    std::string_view text() override { return {room_.get(), size_}; }

private:
    void put(std::string_view text)
    {
        std::memcpy(room_.get() + size_, text.data(), text.size());
        size_ += text.size();
    }

    void write(yyjson_val* value)
    {
        auto const written = yyjson_val_write_buf(room_.get() + size_, room_size_ - size_, value, 0, nullptr);
        if (written == 0)
            throw std::runtime_error("yyjson finds no room");
        size_ += written;
    }

    void write_member(yyjson_val* key, yyjson_val* value)
    {
        put(size_ == 0 ? "{" : ",");
        write(key);
        put(":");
        write(value);
    }

    in_situ_reader stored_;
    in_situ_reader patch_;
    std::vector<yyjson_val*> met_; // values of the patch whose keys the stored text has
    std::size_t room_size_;
    std::unique_ptr<char[]> room_;
    std::size_t size_ = 0;
};

bench::enlist const enlisted({"yyjson", YYJSON_VERSION_STRING, [](auto& entries, bench::jobs const& given) {
                                  if (bench::merges_deep(given)) {
                                      bench::enter<merge_patch>(entries, "yyjson", bench::role::peer);
                                      return;
                                  }
                                  bench::enter<plain>(entries, "yyjson", bench::role::peer);
                                  bench::enter<tuned>(entries, "yyjson tuned", bench::role::peer, given);
                              }});

} // namespace
