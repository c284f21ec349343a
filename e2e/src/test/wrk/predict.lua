-- One request again and again, every answer compared with the right one. From the environment: E2E_BODY and
-- E2E_EXPECTED, and E2E_PAUSE_MS, how long a connection waits before it asks again (0: not at all).
-- Prints one line of JSON at the end: statuses counts the answers with another status than 200 by status, bodies
-- has the beginning of the first of each, which says who answered, and wrong counts those with 200 and another body.

wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.body = os.getenv("E2E_BODY")

local expected = os.getenv("E2E_EXPECTED")
local pause = tonumber(os.getenv("E2E_PAUSE_MS") or "0")
local threads = {}
wrong = 0
statuses = ""
bodies = ""

function setup(thread)
  table.insert(threads, thread)
end

-- wrk takes a function of this name, if there is one, for a pause.
if pause > 0 then
  function delay()
    -- Spread, so that the connections do not ask all at once.
    return pause * (0.5 + math.random())
  end
end

function init()
  math.randomseed(os.time())
end

local counts = {}

-- Of a status that is new: the beginning of its body, without what JSON would have to escape.
local function keep(status, body)
  local text = string.gsub(string.sub(body, 1, 80), '[^%w%p ]', " ")
  bodies = bodies .. (bodies == "" and "" or ",") .. string.format('"%d":"%s"', status, (string.gsub(text, '["\\]', "'")))
end

function response(status, _, body)
  if status ~= 200 then
    if not counts[status] then
      keep(status, body)
    end
    counts[status] = (counts[status] or 0) + 1
    local parts = {}
    for code, count in pairs(counts) do
      parts[#parts + 1] = string.format('"%d":%d', code, count)
    end
    statuses = table.concat(parts, ",")
  elseif body ~= expected then
    wrong = wrong + 1
  end
end

function done(summary, latency)
  local others, codes, texts = 0, {}, {}
  for _, thread in ipairs(threads) do
    others = others + thread:get("wrong")
    local of = thread:get("statuses")
    if of ~= "" then
      codes[#codes + 1] = "{" .. of .. "}"
      texts[#texts + 1] = "{" .. thread:get("bodies") .. "}"
    end
  end
  local errors = summary.errors
  print(string.format(
    '{"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"max":%d,"wrong":%d,"statuses":[%s],"bodies":[%s],"connect":%d,"read":%d,"write":%d,"timeout":%d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), latency.max, others,
    table.concat(codes, ","), table.concat(texts, ","), errors.connect, errors.read, errors.write, errors.timeout))
end
