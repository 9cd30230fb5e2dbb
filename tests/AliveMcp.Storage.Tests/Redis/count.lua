-- Adds one to a counter twice, so that two callers who could come between each other would show.
-- KEYS: counter.   Returns the new value.   Cost: O(1).
local seen = tonumber(redis.call('GET', KEYS[1]) or '0')
redis.call('SET', KEYS[1], string.format('%d', seen + 1))
return string.format('%d', tonumber(redis.call('GET', KEYS[1])))
