-- Minutes/record.lua: stores what one region says of an open minute; the first result of a region wins.
-- KEYS: minute hash.   ARGV: region, packed entry, last moment of acceptance (ms), 1 when the entry fails.
-- Returns {word}: gone (no such minute), unplanned (not this region's), late (over; with the packed verdict when sealed),
-- recorded, again (the region spoke before), round (again, in a confirmation round). The last three with region names, packed plan and
-- for each region its entry or '' when nobody is missing or somebody fails.
-- Cost: O(regions), three commands: one look at a small hash is cheaper than five questions to it.
local fields, known = redis.call('HGETALL', KEYS[1]), {}
for i = 1, #fields, 2 do
  known[fields[i]] = fields[i + 1]
end
if known['sealed'] then
  return { 'late', known['sealed'] }
end
local names = known['r']
if not names then
  return { 'gone' }
end
local place, count = nil, 0
for name in string.gmatch(names, '[^,]+') do
  if name == ARGV[1] then
    place = string.format('%d', count)
  end
  count = count + 1
end
if not place then
  return { 'unplanned' }
end
local word = 'again'
local fails = known['f'] or ARGV[4] == '1'
if not known[place] then
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  if now > tonumber(ARGV[3]) then
    return { 'late' }
  end
  if ARGV[4] == '1' and not known['f'] then
    redis.call('HSET', KEYS[1], place, ARGV[2], 'f', '1')
  else
    redis.call('HSET', KEYS[1], place, ARGV[2])
  end
  known[place] = ARGV[2]
  word = 'recorded'
elseif known['f'] == '2' then
  word = 'round'
end
local answer = { word, names, known['p'] }
for i = 0, count - 1 do
  local entry = known[string.format('%d', i)]
  -- Nobody asks who else spoke while all is well and somebody is still to come: most calls end here.
  if not entry and not fails then
    return { word }
  end
  answer[#answer + 1] = entry or ''
end
return answer
