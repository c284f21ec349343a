-- One constant request, every answer compared with the one expected. The answers of 64 connections arrive in any
-- order, so that a constant request is what makes each of them checkable.

local function content(variable)
  local file = assert(io.open(os.getenv(variable), "rb"))
  local text = file:read("*a")
  file:close()
  return text
end

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = content("BENCHMARK_BODY")

local expected = content("BENCHMARK_EXPECTED")
local threads = {}
wrong = 0
first_wrong = ""

function setup(thread)
  table.insert(threads, thread)
end

function response(status, headers, body)
  if status ~= 200 or body ~= expected then
    if wrong == 0 then
      first_wrong = status .. " " .. body:sub(1, 300)
    end
    wrong = wrong + 1
  end
end

function done(summary, latency, requests)
  local wrong, first_wrong = 0, ""
  for _, thread in ipairs(threads) do
    wrong = wrong + thread:get("wrong")
    first_wrong = thread:get("first_wrong")
  end
  local errors = summary.errors
  -- Statuses above 399 are among the wrong ones already.
  print(string.format(
    'BENCHMARK {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"max":%d,"wrong":%d,"connect":%d,"read":%d,"write":%d,"timeout":%d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max,
    wrong, errors.connect, errors.read, errors.write, errors.timeout))
  print("FIRST_WRONG " .. first_wrong:gsub("%c", " "))
end
