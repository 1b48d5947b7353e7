// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include "errors.hpp"

#include <algorithm>
#include <boost/json/stream_parser.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <system_error>
#include <unistd.h>

namespace metapatch::conformance {

namespace {

[[noreturn]] void fail(std::filesystem::path const& path)
{
    throw usage_error(path.string() + ": " + std::strerror(errno != 0 ? errno : EIO));
}

std::string all_of(std::istream& in)
{
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

} // namespace

std::string read_file(std::filesystem::path const& path)
{
    if (path == "-")
        return all_of(std::cin);
    errno = 0;
    if (std::filesystem::is_directory(path))
        throw usage_error(path.string() + ": is a directory");
    std::ifstream in(path, std::ios::binary);
    if (!in)
        fail(path);
    auto text = all_of(in);
    if (in.bad())
        fail(path);
    return text;
}

void write_file(std::filesystem::path const& path, std::string_view text)
{
    errno = 0;
    if (path == "-") {
        if (!(std::cout << text << std::flush))
            fail("standard output");
        return;
    }
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    if (!(out << text << std::flush))
        fail(path);
}

void require_writable(std::filesystem::path const& path)
{
    std::error_code error;
    bool const exists = std::filesystem::exists(path, error);
    if (exists && std::filesystem::is_directory(path, error))
        throw usage_error(path.string() + ": is a directory");
    auto const folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
    errno = 0;
    if (path != "-" && ::access((exists ? path : folder).c_str(), W_OK) != 0)
        fail(path);
}

boost::json::value read_json(std::filesystem::path const& path)
{
    boost::system::error_code error;
    boost::json::parse_options options;
    options.max_depth = 64;
    boost::json::stream_parser parser({}, options);
    auto const text = read_file(path);
    auto const read = parser.write(text, error);
    if (!error)
        parser.finish(error);
    if (error) {
        auto const before = text.begin() + static_cast<std::ptrdiff_t>(read);
        auto const line = 1 + std::count(text.begin(), before, '\n');
        throw usage_error(path.string() + ":" + std::to_string(line) + ": " + error.message());
    }
    return parser.release();
}

} // namespace metapatch::conformance
