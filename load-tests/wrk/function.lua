-- POST /, a form with x=[..]: the answer repeats what was received, so that every answer is held against its own row.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

local numbers = {}

answers.verify({
  path = "/",
  type = "application/x-www-form-urlencoded",
  body = function(row, number)
    local list = answers.list(row)
    -- Rows that are alike have answers that are alike.
    numbers[list] = number
    return "x=" .. list
  end,
  find = function(body)
    return numbers[body:match('"received_data":{"x":"(%[[^"]*%])"}}$')]
  end,
  right = function(row)
    local verdict = '{"model_prediction":"[' .. row.class .. ']","received_data":'
    return function(body)
      return body:sub(1, #verdict) == verdict
    end
  end,
})
