-- Desk/lease.lua: takes what is due off a region's queue; what can no longer start is dropped and counted.
-- KEYS: queue.   ARGV: how many at most, how far ahead of its start a ticket may be handed out (ms), last start within a minute (ms).
-- Returns {now (ms), dropped, member, start (ms), member, start (ms), …}.   Cost: O(taken x log of the queue).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local horizon = string.format('%d', now + tonumber(ARGV[2]))
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', horizon, 'WITHSCORES', 'LIMIT', '0', ARGV[1])
local answer, dropped = { string.format('%d', now), '0' }, 0
for i = 1, #due, 2 do
  redis.call('ZREM', KEYS[1], due[i])
  local minute = tonumber(string.match(due[i], ':(%d+)$') or '0')
  if minute * 60000 + tonumber(ARGV[3]) < now then
    dropped = dropped + 1
  else
    answer[#answer + 1] = due[i]
    answer[#answer + 1] = string.format('%d', math.floor(tonumber(due[i + 1])))
  end
end
answer[2] = string.format('%d', dropped)
return answer
