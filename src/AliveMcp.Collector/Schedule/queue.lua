-- Schedule/queue.lua: puts opened minutes on a region's queue, never past its bound.
-- KEYS: queue.   ARGV: bound, age after which a start is over (ms), then pairs of start (ms) and member.
-- Returns {how many found no room, how many that lay there were over}.   Cost: O(pairs x log of the queue).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
-- What nobody took in time would fill the queue for ever in a region whose probers are gone.
local expired = redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%d', now - tonumber(ARGV[2])))
local room = tonumber(ARGV[1]) - redis.call('ZCARD', KEYS[1])
local left = 0
for i = 3, #ARGV, 2 do
  if room > 0 then
    room = room - redis.call('ZADD', KEYS[1], ARGV[i], ARGV[i + 1])
  else
    left = left + 1
  end
end
return { left, expired }
