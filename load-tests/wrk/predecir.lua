-- POST /Predecir, a form with x0..xN: the page with the class.
local here = debug.getinfo(1, "S").source:match("^@(.*/)") or "./"
local answers = dofile(here .. "answers.lua")

answers.verify({
  path = "/Predecir",
  type = "application/x-www-form-urlencoded",
  body = answers.form("x", 0),
  right = answers.page,
})
