// SPDX-License-Identifier: BSL-1.0

// What the standard library would do where it cannot go on: print, which takes more room than all else here, and stop.
// There is nobody to read it, so it only stops; JavaScript then begins with a new instance.

#include <boost/assert/source_location.hpp>
#include <cstdarg>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>

namespace boost {

void throw_exception(std::exception const&, source_location const&)
{
    __builtin_trap();
}

void throw_exception(std::exception const&)
{
    __builtin_trap();
}

} // namespace boost

void std::__libcpp_verbose_abort(char const*, ...) noexcept
{
    __builtin_trap();
}

extern "C" {

void abort()
{
    __builtin_trap();
}

void __cxa_pure_virtual()
{
    __builtin_trap();
}

int __cxa_atexit(void (*)(void*), void*, void*)
{
    return 0; // an instance never ends
}

// Boost.System calls these for the message of an error code, which nobody reads either.
int snprintf(char* to, std::size_t size, char const*, ...)
{
    if (size > 0)
        *to = '\0';
    return 0;
}

int vsnprintf(char* to, std::size_t size, char const*, va_list)
{
    return snprintf(to, size, "");
}

/// What JavaScript takes for a number's text: the nearest double, as `std::strtod` gives.
[[clang::import_module("env"), clang::import_name("number")]] double number(char const* text, std::size_t size);

double strtod(char const* text, char**)
{
    return number(text, std::strlen(text));
}

// These stand beside it in the archive, and nothing calls them.
float strtof(char const*, char**)
{
    __builtin_trap();
}

long double strtold(char const*, char**)
{
    __builtin_trap();
}

float strtof_l(char const*, char**, __locale_struct*)
{
    __builtin_trap();
}

double strtod_l(char const*, char**, __locale_struct*)
{
    __builtin_trap();
}

long double strtold_l(char const*, char**, __locale_struct*)
{
    __builtin_trap();
}

char* strerror(int)
{
    static char none[1];
    return none;
}

// The C library's own go byte by byte, for engines without an instruction for it; all that have 128-bit vectors or are
// of 2021 have one. A call of it costs as much as some dozens of bytes.
void* memmove(void* to, void const* from, std::size_t size)
{
    constexpr std::size_t few = 32;
    if (size >= few)
        return __builtin_memmove(to, from, size);
    auto* const out = static_cast<char*>(to);
    auto const* const in = static_cast<char const*>(from);
    if (out <= in) {
        for (std::size_t i = 0; i < size; ++i)
            out[i] = in[i];
    } else {
        for (std::size_t i = size; i > 0; --i)
            out[i - 1] = in[i - 1];
    }
    return to;
}

void* memcpy(void* __restrict to, void const* __restrict from, std::size_t size)
{
    return memmove(to, from, size);
}

void* memset(void* to, int byte, std::size_t size)
{
    return __builtin_memset(to, byte, size);
}

// What the types of the standard library's exceptions are described by, so that they can be caught or cast: nothing is.
// NOLINTBEGIN: their names
extern void const* const _ZTVN10__cxxabiv117__class_type_infoE[8];
extern void const* const _ZTVN10__cxxabiv120__si_class_type_infoE[8];
extern void const* const _ZTVN10__cxxabiv121__vmi_class_type_infoE[8];
void const* const _ZTVN10__cxxabiv117__class_type_infoE[8] = {};
void const* const _ZTVN10__cxxabiv120__si_class_type_infoE[8] = {};
void const* const _ZTVN10__cxxabiv121__vmi_class_type_infoE[8] = {};
// NOLINTEND

void __abort_message(char const*, ...)
{
    __builtin_trap();
}
}
