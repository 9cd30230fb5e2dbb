-- Minutes/open.lua: opens a minute once, with the plan by which it will be judged, before anything is queued.
-- KEYS: minute hash, due set, epoch, hot.
-- ARGV: region names, packed plan, member, deadline (ms), a fresh epoch name, time to live (s), minute, how many minutes it stands for,
-- names of the reserve or '', servers whose minutes the look serves, too, or ''.
-- Returns 1 when this call opened, 0 when it was opened before, -1 when its deadline is over, 2 when an opened minute stands for it, too.
-- Cost: O(log of the due set).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
if now >= tonumber(ARGV[4]) then
  return -1
end
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
-- Two schedulers may know different cadences: whoever comes first decides for all minutes that its verdict stands for.
local newest, weight = string.match(redis.call('HGET', KEYS[4], 'p') or '', '^(%d+) (%d+)$')
local after = newest and tonumber(ARGV[7]) - tonumber(newest) or 0
if newest and after >= 0 and after < tonumber(weight) then
  return 2
end
redis.call('HSET', KEYS[1], 'r', ARGV[1])
redis.call('HSET', KEYS[1], 'p', ARGV[2])
if ARGV[9] ~= '' then
  redis.call('HSET', KEYS[1], 'c', ARGV[9])
end
if ARGV[10] ~= '' then
  redis.call('HSET', KEYS[1], 's', ARGV[10])
end
redis.call('EXPIRE', KEYS[1], ARGV[6])
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[3])
redis.call('SETNX', KEYS[3], ARGV[5])
if after >= 0 then
  redis.call('HSET', KEYS[4], 'p', ARGV[7] .. ' ' .. ARGV[8])
  redis.call('EXPIRE', KEYS[4], ARGV[6])
end
return 1
