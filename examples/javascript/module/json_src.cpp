// SPDX-License-Identifier: BSL-1.0

// Boost.JSON but for what the module never does: parse and write by Boost.JSON's own means, and print doubles, whose
// tables would be a tenth of the module.

#include <boost/json/serializer.hpp>
#include <boost/json/stream_parser.hpp>

#include <boost/json/impl/array.ipp>
#include <boost/json/impl/error.ipp>
#include <boost/json/impl/kind.ipp>
#include <boost/json/impl/null_resource.ipp>
#include <boost/json/impl/object.ipp>
#include <boost/json/impl/string.ipp>
#include <boost/json/impl/value.ipp>
#include <boost/json/impl/value_ref.ipp>
#include <boost/json/impl/value_stack.ipp>

#include <boost/json/detail/impl/default_resource.ipp>
#include <boost/json/detail/impl/except.ipp>
#include <boost/json/detail/impl/shared_resource.ipp>
#include <boost/json/detail/impl/stack.ipp>
#include <boost/json/detail/impl/string_impl.ipp>

namespace boost::json {

// The library measures doubles with these. Those of a module come from an `exact_dom`, where they stand for what was
// written, and have no size: every one is as long as 0.0.

serializer::serializer() noexcept : fn0_(nullptr), fn1_(nullptr)
{
    static_cast<void>(buf_);
}

serializer::~serializer() noexcept = default;

void serializer::reset(value const* number) noexcept
{
    jv_ = number;
}

string_view serializer::read(char* to, std::size_t)
{
    constexpr string_view zero = "0.0";
    zero.copy(to, zero.size());
    return {to, zero.size()};
}

} // namespace boost::json
