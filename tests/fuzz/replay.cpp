// SPDX-License-Identifier: BSL-1.0
// Feeds every file of the given directories to a fuzz target once, in place of libFuzzer: with any compiler.
#include <algorithm>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);

int main(int count, char** arguments)
{
    std::vector<std::filesystem::path> files;
    for (int i = 1; i < count; ++i) {
        for (auto const& each : std::filesystem::directory_iterator(arguments[i]))
            files.push_back(each.path());
    }
    std::sort(files.begin(), files.end());
    int broken = 0;
    for (auto const& file : files) {
        std::cout << file.filename().string() << std::endl; // at once: a sanitizer may end the program in the next line
        std::ifstream in(file, std::ios::binary);
        std::vector<char> const bytes{std::istreambuf_iterator<char>(in), {}};
        try {
            LLVMFuzzerTestOneInput(reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size());
        } catch (std::exception const& why) {
            std::cout << why.what() << '\n';
            ++broken;
        }
    }
    std::cout << files.size() << " inputs, " << broken << " broken laws\n";
    return files.empty() || broken > 0 ? 1 : 0;
}
