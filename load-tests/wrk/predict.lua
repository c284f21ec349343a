-- POST /predict, JSON: {"data":[[..],..]} -> {"predictions":[1,..]}.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

answers.verify({
  path = "/predict",
  type = "application/json",
  body = function(row, number, following)
    return '{"data":' .. answers.batch(following, answers.list) .. "}"
  end,
  right = function(row, number, following)
    return answers.exactly('{"predictions":' .. answers.batch(following, answers.class) .. "}")
  end,
})
