-- Minutes/overdue.lua: the open minutes of a shard whose deadline is over.
-- KEYS: due set.   ARGV: how many at most.
-- Returns their members, the oldest deadline first.   Cost: O(log of the due set + answer).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now), 'LIMIT', '0', ARGV[1])
