-- Open Inference Protocol: POST /v2/models/{model}/infer. The answer repeats the request's id.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

answers.verify({
  path = "/v2/models/" .. answers.model .. "/infer",
  type = "application/json",
  body = function(row, number)
    return string.format(
      '{"id":"%d","inputs":[{"name":"input","shape":[1,%d],"datatype":"FP64","data":%s}],"outputs":[{"name":"predict"}]}',
      number, #row.values, answers.list(row))
  end,
  find = function(body)
    return body:match('"id":"(%d+)"')
  end,
  right = function(row)
    local outputs = '"outputs":%[{"name":"predict","datatype":"%w+","shape":%[1%],"data":%["?' .. row.class .. '"?%]}%]}$'
    return function(body)
      return body:find(outputs) ~= nil
    end
  end,
})
