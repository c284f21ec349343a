-- POST /api: {"array":[..]} -> {"predicciones":[1]}.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

answers.verify({
  path = "/api",
  type = "application/json",
  body = function(row)
    return '{"array":' .. answers.list(row) .. "}"
  end,
  right = function(row)
    return answers.exactly('{"predicciones":[' .. row.class .. "]}")
  end,
})
