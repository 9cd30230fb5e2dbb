-- Looks/turn.lua: lets so many through in a span of time that begins with the first of them.
-- KEYS: counter.   ARGV: how many, span (ms).
-- Returns 0 when this one is let through, else for how long it is not (ms).   Cost: O(1).
local count = redis.call('INCR', KEYS[1])
if count <= tonumber(ARGV[1]) then
  if count == 1 then
    redis.call('PEXPIRE', KEYS[1], ARGV[2])
  end
  return 0
end
local left = redis.call('PTTL', KEYS[1])
if left < 1 then
  redis.call('PEXPIRE', KEYS[1], ARGV[2])
  left = tonumber(ARGV[2])
end
return left
