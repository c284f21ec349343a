-- POST /predict, a form with var1..varN: the page with the class.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

answers.verify({
  path = "/predict",
  type = "application/x-www-form-urlencoded",
  body = answers.form("var", 1),
  right = answers.page,
})
