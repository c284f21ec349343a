-- KServe's v1: POST /v1/models/{model}:predict with a row as a list.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

answers.verify({
  path = "/v1/models/" .. answers.model .. ":predict",
  type = "application/json",
  body = function(row)
    return '{"instances":[' .. answers.list(row) .. "]}"
  end,
  right = function(row)
    return answers.exactly('{"predictions":[' .. row.class .. "]}")
  end,
})
