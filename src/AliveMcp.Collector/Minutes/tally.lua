-- Minutes/tally.lua: adds what a region's probers saw to its last minute, tells that minute, and puts the region in doubt.
-- KEYS: tally.   ARGV: seen, failing, alone, live elsewhere, how long from now the region is in doubt (ms, 0 for no change), time to live (s).
-- Returns {seen, failing, alone, live elsewhere, until when it is in doubt (ms, 0 when it never was)} of the last twelve spans of 5 s.
-- Cost: O(spans).
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local span = math.floor(now / 5000)
local sums, own, untils = { 0, 0, 0, 0 }, { 0, 0, 0, 0 }, 0
local fields = redis.call('HGETALL', KEYS[1])
for i = 1, #fields, 2 do
  local began = tonumber(fields[i])
  if fields[i] == 'until' then
    untils = tonumber(fields[i + 1])
  elseif began <= span - 12 then
    redis.call('HDEL', KEYS[1], fields[i])
  else
    local place = 0
    for count in string.gmatch(fields[i + 1], '%d+') do
      place = place + 1
      sums[place] = sums[place] + tonumber(count)
      if began == span then
        own[place] = tonumber(count)
      end
    end
  end
end
local added = 0
for place = 1, 4 do
  local count = tonumber(ARGV[place])
  added = added + count
  sums[place] = sums[place] + count
  own[place] = own[place] + count
end
if added > 0 then
  redis.call('HSET', KEYS[1], string.format('%d', span), string.format('%d %d %d %d', own[1], own[2], own[3], own[4]))
end
if ARGV[5] ~= '0' then
  untils = now + tonumber(ARGV[5])
  redis.call('HSET', KEYS[1], 'until', string.format('%d', untils))
end
if added > 0 or ARGV[5] ~= '0' then
  redis.call('EXPIRE', KEYS[1], ARGV[6])
end
return { sums[1], sums[2], sums[3], sums[4], untils }
