-- SPDX-License-Identifier: BSL-1.0
-- Requests of wrk: KIND IDS TOKEN PAUSE. IDS is a file of percent-encoded ids of users; with a PAUSE, milliseconds, each
-- connection waits before a request, between nothing and twice that. Prints its figures as one line of JSON.
local requests, threads = {}, 0

function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

function init(args)
  local kind, ids, token, pause = args[1], args[2], args[3], tonumber(args[4])
  math.randomseed(number)
  local headers = { Authorization = "Bearer " .. token, ["Content-Type"] = "application/json" }
  for id in io.lines(ids) do
    if kind == "constant" then -- needs neither a token nor the library nor the store
      table.insert(requests, wrk.format("GET", "/.well-known/openid-configuration"))
    elseif kind == "GET" then
      table.insert(requests, wrk.format("GET", "/api/v2/users/" .. id, headers))
    else
      local body = string.format('{"user_metadata":{"hobby":"hobby %d","seen":null},"app_metadata":{"logins":%d}}',
        math.random(1000000), math.random(1000000))
      table.insert(requests, wrk.format("PATCH", "/api/v2/users/" .. id, headers, body))
    end
  end
  if pause > 0 then
    function delay() return math.random(0, 2 * pause) end
  end
end

function request()
  return requests[math.random(#requests)]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('{"requests":%d,"seconds":%.3f,"p50":%.3f,"p90":%.3f,"p99":%.3f,"max":%.3f,"refused":%d,' ..
    '"broken":%d}\n', summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3,
    latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency.max / 1e3, errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
