-- Minutes/overdue.lua: takes open minutes of a shard whose deadline is over, so that other collectors leave them alone for a while.
-- KEYS: due set.   ARGV: how many at most, how long others shall leave them alone (ms).
-- Returns their members, the oldest first.   Cost: O(answer x log of the due set).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local taken = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now), 'LIMIT', '0', ARGV[1])
local again = string.format('%d', now + tonumber(ARGV[2]))
for i = 1, #taken do
  redis.call('ZADD', KEYS[1], again, taken[i])
end
return taken
