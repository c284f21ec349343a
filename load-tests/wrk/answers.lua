-- What all dialects share: rows with the class that scikit-learn gave them, requests made of them, and the
-- counting of answers. A dialect says how a row becomes a request and when an answer to it is right.
--
-- Settings, all optional, by environment:
--   LOAD_ROWS    a CSV of rows: the features' columns, then `predict` (the sample's expected.csv)
--   LOAD_MODEL   the model's name in paths (flight-delay)
--   LOAD_TOKEN   sent as a bearer token
--   LOAD_HOST    the header Host, where it is not that of the URL
--   LOAD_PAUSE   each connection pauses this many milliseconds on average before each request
--   LOAD_RATE    requests a second of each thread, at even distances, as far as its connections suffice
--   LOAD_BATCH   rows in a request, in the dialects that take several (1)
--   LOAD_CLOSE   anything: each request opens a connection of its own
--   LOAD_FIRST   the row that the first thread begins with (1)
--
-- An answer is right (200 and what it must say), refused (503 with Retry-After), or wrong (everything else).
-- Each thread prints `LOAD <unix second> <right> <refused> <wrong>` as soon as that second is over, and the
-- end is one line `RESULT {..}`.

local answers = {}

local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds; long nanos; } load_clock; int clock_gettime(int clock, load_clock *time);")
local clock = ffi.new("load_clock")

local function now()
  ffi.C.clock_gettime(0, clock)
  return tonumber(clock.seconds), tonumber(clock.nanos)
end

local function read_rows(path)
  local rows, columns = {}, nil
  for line in assert(io.open(path)):lines() do
    local cells = {}
    -- No cell of these files is quoted.
    for cell in (line .. ","):gmatch("([^,]*),") do
      cells[#cells + 1] = cell
    end
    if not columns then
      for i, name in ipairs(cells) do
        if name == "predict" then
          columns = i - 1
        end
      end
      assert(columns, path .. " has no column `predict`")
    else
      rows[#rows + 1] = { values = { unpack(cells, 1, columns) }, class = cells[columns + 1] }
    end
  end
  assert(#rows > 0, path .. " has no rows")
  return rows
end

local path = os.getenv("LOAD_ROWS") or here .. "../../predictor/samples/flight-delay/expected.csv"
answers.model = os.getenv("LOAD_MODEL") or "flight-delay"

local pause = tonumber(os.getenv("LOAD_PAUSE") or "")
local rate = tonumber(os.getenv("LOAD_RATE") or "")
local threads = {}
local dialect
local right_now, refused_now, wrong_now, second_now = 0, 0, 0, nil

-- Globals, so that `done` can read them of each thread.
right, refused, wrong, first_wrong = 0, 0, 0, ""

-- The field names of a form: prefix0=1&prefix1=0.. or from 1 on.
function answers.form(prefix, first)
  return function(row)
    local fields = {}
    for i, value in ipairs(row.values) do
      fields[i] = prefix .. (i - 1 + first) .. "=" .. value
    end
    return table.concat(fields, "&")
  end
end

function answers.list(row)
  return "[" .. table.concat(row.values, ",") .. "]"
end

-- Finds the page's verdict.
function answers.page(row)
  local verdict = "Class: " .. row.class .. "<"
  return function(body)
    return body:find(verdict, 1, true) ~= nil
  end
end

-- As many rows as a request has, each turned into text.
function answers.batch(following, text)
  local each = {}
  for i = 1, tonumber(os.getenv("LOAD_BATCH") or "") or 1 do
    each[i] = text(following(i))
  end
  return "[" .. table.concat(each, ",") .. "]"
end

function answers.class(row)
  return row.class
end

-- The whole body must be this.
function answers.exactly(text)
  return function(body)
    return body == text
  end
end

-- path, type; body(row, number, following) makes a request's body, where following(1) is the row itself and
-- following(2) the next; right(row, number, following) makes the function that looks at an answer's body. Where answers say which request they belong to, find(body) gives that number, and every
-- thread asks all rows in turn; elsewhere each thread asks one row of its own, because wrk does not say which
-- connection an answer came on.
function answers.verify(described)
  dialect = described
end

function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

local requests, checks, next_request = {}, {}, 0

function init()
  local rows = read_rows(path)
  local count = dialect.find and math.min(#rows, 200) or 1
  local first = (tonumber(os.getenv("LOAD_FIRST") or "") or 1) + number - 2
  local headers = { ["Content-Type"] = dialect.type, ["Host"] = os.getenv("LOAD_HOST") or wrk.headers["Host"] }
  if os.getenv("LOAD_CLOSE") then
    headers["Connection"] = "close"
  end
  local token = os.getenv("LOAD_TOKEN")
  if token then
    headers["Authorization"] = "Bearer " .. token
  end
  for i = 1, count do
    -- 7 apart, so that neighbours are different flights.
    local at = (first * 7 + i - 1) % #rows
    local row = rows[at + 1]
    local function following(number)
      return rows[(at + number - 1) % #rows + 1]
    end
    requests[i] = wrk.format("POST", dialect.path, headers, dialect.body(row, i, following))
    checks[i] = dialect.right(row, i, following)
  end
  local seconds, nanos = now()
  math.randomseed(seconds + nanos + number)
end

function request()
  next_request = next_request % #requests + 1
  return requests[next_request]
end

local function tell()
  io.stdout:write(string.format("LOAD %d %d %d %d\n", second_now, right_now, refused_now, wrong_now))
  io.stdout:flush()
  right_now, refused_now, wrong_now = 0, 0, 0
end

function response(status, headers, body)
  local second = now()
  if second ~= second_now then
    if second_now then
      tell()
    end
    second_now = second
  end
  local check = checks[1]
  if dialect.find then
    check = checks[tonumber(dialect.find(body))]
  end
  if status == 200 and check and check(body) then
    right = right + 1
    right_now = right_now + 1
  elseif status == 503 and headers["Retry-After"] then
    refused = refused + 1
    refused_now = refused_now + 1
  else
    if wrong == 0 then
      first_wrong = status .. " " .. body:sub(1, 300)
    end
    wrong = wrong + 1
    wrong_now = wrong_now + 1
  end
end

if pause then
  -- Evenly spread, so that neither the first requests nor those after a hiccup come all at once.
  function delay()
    return math.random() * 2 * pause
  end
elseif rate then
  local slot
  function delay()
    local seconds, nanos = now()
    local time = seconds * 1000 + nanos / 1e6
    slot = (slot or time) + 1000 / rate
    return math.max(0, slot - time)
  end
end

local percents = { 0.1 }
for percent = 1, 98 do
  percents[#percents + 1] = percent
end
for _, start in ipairs({ 99, 99.9, 99.99 }) do
  for i = 0, 8 do
    percents[#percents + 1] = start + (100 - start) / 10 * i
  end
end
percents[#percents + 1] = 100

local function quoted(text)
  return '"' .. text:gsub('[%c"\\]', " ") .. '"'
end

function done(summary, latency)
  local totals, wrong_answer = { right = 0, refused = 0, wrong = 0 }, ""
  for _, thread in ipairs(threads) do
    for name, count in pairs(totals) do
      totals[name] = count + thread:get(name)
    end
    if wrong_answer == "" then
      wrong_answer = thread:get("first_wrong")
    end
  end
  -- wrk walks through its whole histogram for each value that it is asked for: the percentiles must do.
  local histogram, before, counted = {}, 0, summary.requests - summary.errors.timeout
  for _, percent in ipairs(percents) do
    local upto = math.floor(counted * percent / 100 + 0.5)
    if upto > before then
      histogram[#histogram + 1] = string.format("[%d,%d]", latency:percentile(percent), upto - before)
      before = upto
    end
  end
  local errors = summary.errors
  print(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"right":%d,"refused":%d,"wrong":%d,"first_wrong":%s,'
      .. '"connect":%d,"read":%d,"write":%d,"timeout":%d,"latency":[%s]}',
    summary.requests, summary.duration, totals.right, totals.refused, totals.wrong, quoted(wrong_answer),
    errors.connect, errors.read, errors.write, errors.timeout, table.concat(histogram, ",")))
end

return answers
