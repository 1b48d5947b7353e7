// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include "errors.hpp"

#include <boost/json/parse.hpp>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

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

boost::json::value read_json(std::filesystem::path const& path)
{
    boost::system::error_code error;
    boost::json::parse_options options;
    options.max_depth = 64;
    auto value = boost::json::parse(read_file(path), error, {}, options);
    if (error)
        throw usage_error(path.string() + ": " + error.message());
    return value;
}

} // namespace metapatch::conformance
