// SPDX-License-Identifier: BSL-1.0

// metapatch-conformance-driver: the library behind the protocol mpcp/1 over standard input and output, one JSON object
// a line each way. A line that is no request, an empty one too, gets an `errored` answer. It ends with status 0 after
// `stop` or at the end of the input, and with 1, quietly, where nobody takes its answers any more.

#include "protocol.hpp"

#include <boost/json/serialize.hpp>
#include <csignal>
#include <iostream>
#include <string>

int main()
{
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN); // a reader that went away is seen by the stream
#endif
    std::ios::sync_with_stdio(false);
    bool stopped = false;
    for (std::string line; !stopped && std::getline(std::cin, line);) {
        auto const answer = metapatch::conformance::answer_to(line, stopped);
        if (stopped)
            break;
        std::cout << boost::json::serialize(answer) << '\n' << std::flush;
        if (!std::cout)
            return 1;
    }
    return 0;
}
