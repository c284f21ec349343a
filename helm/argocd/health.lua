-- The health of a FlightDelayModel for Argo CD: what docs/operations.md, "With Argo CD", says how to install.
-- Argo CD runs it on each change of the resource, which is the global obj, and takes the table that it returns.

-- Reasons of Ready that end by themselves. All others need somebody, so that one that is new here is Degraded.
local on_its_way = {
  RollingOut = true,
  PreScaling = true,
  Routing = true,
  Rerouting = true,
  Draining = true,
  Deleting = true,
  PredecessorRemains = true,
}

-- Nothing is wrong: somebody scales it, or promotes it with the pods that it has.
local waits_for_a_person = {
  WaitingForPods = true,
}

local function health(status, message)
  return { status = status, message = message }
end

local function condition(kind)
  for _, each in ipairs(obj.status.conditions) do
    if each.type == kind then
      return each
    end
  end
  return nil
end

if obj.status == nil or obj.status.conditions == nil then
  return health("Progressing", "the operator has not looked at it yet")
end

local ready = condition("Ready")
if ready == nil then
  return health("Progressing", "the operator has not said yet whether it is ready")
end
-- The condition's, not the status': where the operator fails at a generation, only the condition is of it.
if ready.observedGeneration ~= obj.metadata.generation then
  return health("Progressing", "the operator has not looked at this generation yet")
end
if ready.status == "True" then
  local exposed = condition("Exposed")
  if exposed ~= nil and exposed.status ~= "True" then
    return health("Healthy", ready.message .. "; " .. exposed.message)
  end
  return health("Healthy", ready.message)
end
if waits_for_a_person[ready.reason] then
  return health("Suspended", ready.message)
end
if on_its_way[ready.reason] then
  return health("Progressing", ready.message)
end
return health("Degraded", ready.message)
