-- POST /predict, JSON: {"data":[[..]]} -> {"predictions":[1]}.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

answers.verify({
  path = "/predict",
  type = "application/json",
  body = function(row)
    return '{"data":[' .. answers.list(row) .. "]}"
  end,
  right = function(row)
    return answers.exactly('{"predictions":[' .. row.class .. "]}")
  end,
})
