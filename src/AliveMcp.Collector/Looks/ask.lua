-- Looks/ask.lua: puts a live look into the lane of those who wait, never past its bound.
-- KEYS: queue, look.   ARGV: member, what is to be looked at, how many may wait, for how long one waits (ms), how long it is remembered (ms).
-- Returns 1 when it waits, 0 when too many do.   Cost: O(log of the queue).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now - tonumber(ARGV[4])))
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[3]) then
  return 0
end
redis.call('HSET', KEYS[2], 'o', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[5])
redis.call('ZADD', KEYS[1], string.format('%d', now), ARGV[1])
return 1
