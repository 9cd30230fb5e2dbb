-- Drain/page.lua: the packed verdicts of sealed minutes.
-- KEYS: the minutes' hashes.
-- Returns for each its packed verdict, or false when it is gone.   Cost: O(keys).
local answer = {}
for place = 1, #KEYS do
  answer[place] = redis.call('HGET', KEYS[place], 'sealed')
end
return answer
