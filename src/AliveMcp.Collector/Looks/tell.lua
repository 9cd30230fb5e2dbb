-- Looks/tell.lua: writes what a live look said, each field once, and nothing behind its verdict.
-- KEYS: look.   ARGV: pairs of field and value.
-- Returns how many fields were new, -1 when nobody remembers the look.   Cost: O(pairs).
if redis.call('EXISTS', KEYS[1]) == 0 then
  return -1
end
local new = 0
if redis.call('HEXISTS', KEYS[1], 'r') == 0 then
  for i = 1, #ARGV, 2 do
    new = new + redis.call('HSETNX', KEYS[1], ARGV[i], ARGV[i + 1])
  end
end
return new
