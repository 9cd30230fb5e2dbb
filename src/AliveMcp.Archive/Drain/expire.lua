-- Drain/expire.lua: lets minutes go that are archived; late results still find them sealed for a while.
-- KEYS: the minutes' hashes.   ARGV: how long they stay (s).
-- Returns how many there were.   Cost: O(keys).
local held = 0
for place = 1, #KEYS do
  held = held + redis.call('EXPIRE', KEYS[place], ARGV[1])
end
return held
