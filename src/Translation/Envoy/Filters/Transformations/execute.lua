-- Execution. Names and values that would split a message, or that Envoy cannot send, never reach the headers.
local PSEUDO = { [':path'] = '^/[^ #]*$', [':status'] = '^[2-5]%d%d$', [':method'] = "^[%w!#$%%&'*+.^_`|~-]+$",
  [':authority'] = '^[^ /?#@]+$', [':scheme'] = '^https?$' }
local function checked(name, v)
  if find(v, '[%z\1-\8\10-\31\127]') then fail('header') end
  local form = PSEUDO[name]
  if form and not find(v, form) then fail('header') end
  return v
end
local function nested(root, path, v)
  local t = root
  for i = 1, #path - 1 do
    local next_ = t[path[i]]
    if not isobj(next_) then
      next_ = obj({})
      t[path[i]] = next_
    end
    t = next_
  end
  t[path[#path]] = v
end
local function extract(c, t, headers)
  for _, e in ipairs(t.extractors) do
    local source = c.body
    if e.header then source = headers:get(e.header) or '' end
    local v = ''
    if e.mode == 'all' then
      v = replace_all(e.re, source, e.with)
    else
      local m = whole(e.re, source)
      if e.mode == 'extract' then
        v = m and part(m, e.group) or ''
      else
        local at = m and m[e.group]
        v = at and sub(source, 1, at[1] - 1) .. e.with .. sub(source, at[2]) or source
      end
    end
    c.found[e.name] = v
    if not t.advanced then nested(c.vars, e.path, v) end
  end
end
local function newbody(c, t)
  if t.body then return t.body(c) end
  if not t.merge and not t.keys then return nil end
  if not isobj(c.json) then fail('object') end
  if t.merge then
    for _, e in ipairs(t.extractors) do nested(c.json, e.path, c.found[e.name]) end
    return dump(c.json)
  end
  local rendered = {}
  for i, k in ipairs(t.keys) do rendered[i] = k.value(c) end
  for i, k in ipairs(t.keys) do
    if rendered[i] ~= '' or k.empty then c.json[k.name] = rendered[i] end
  end
  return dump(c.json)
end
local function plain(v)
  if v == NULL then return nil end
  if getmetatable(v) == NUM then return tonumber(v.text) end
  if type(v) ~= 'table' then return v end
  local t = {}
  for k, x in pairs(v) do t[k] = plain(x) end
  return t
end
local function all(headers)
  local one_, many = obj({}), obj({})
  for k, v in pairs(headers) do
    one_[k] = v
    many[k] = many[k] or arr({})
    insert(many[k], v)
  end
  return one_, many
end
local function wrap(h, c, add)
  local headers = h:headers()
  local one_, many = all(headers)
  local v = obj({ headers = one_ })
  if c.body ~= '' then v.body = c.body end
  if add then
    local path, query = (headers:get(':path') or ''):match('^([^?]*)%??(.*)$')
    v.httpMethod, v.path, v.queryString, v.multiValueHeaders = headers:get(':method'), path, query, many
    v.queryStringParameters, v.multiValueQueryStringParameters = obj({}), obj({})
    for pair in query:gmatch('[^&]+') do
      local k, x = pair:match('^([^=]*)=?(.*)$')
      v.queryStringParameters[k] = x
      v.multiValueQueryStringParameters[k] = v.multiValueQueryStringParameters[k] or arr({})
      insert(v.multiValueQueryStringParameters[k], x)
    end
  end
  return dump(v)
end
local function run(h, t, saved)
  -- Waiting for the body ends the life of what was asked for before.
  local buffer = t.reads and h:body(t.writes)
  local headers = h:headers()
  local c = { headers = headers, saved = saved, vars = {}, found = {}, body = '', json = obj({}), n = 0, size = 0,
    escapes = t.escapes }
  if buffer and buffer:length() > 0 then c.body = buffer:getBytes(0, buffer:length()) end
  if t.wraps then
    buffer:setBytes(wrap(h, c, t.metadata))
    return
  end
  if t.json and c.body ~= '' then
    local ok, v = pcall(parse, c.body)
    if ok then c.json = v elseif not t.ignores then error(v, 0) end
  end
  extract(c, t, headers)
  local rendered, added, meta = {}, {}, {}
  for i, p in ipairs(t.headers) do rendered[i] = checked(p.name, p.value(c)) end
  for i, p in ipairs(t.append) do added[i] = checked(p.name, p.value(c)) end
  for i, p in ipairs(t.meta) do
    local v = p.value(c)
    if p.json then v = plain(parse(v)) end
    meta[i] = v
  end
  local body = newbody(c, t)
  for _, name in ipairs(t.remove) do headers:remove(name) end
  for i, p in ipairs(t.headers) do
    if rendered[i] == '' then headers:remove(p.name) else headers:replace(p.name, rendered[i]) end
  end
  for i, p in ipairs(t.append) do if added[i] ~= '' then headers:add(p.name, added[i]) end end
  local state = h:streamInfo():dynamicMetadata()
  for i, p in ipairs(t.meta) do if meta[i] ~= nil then state:set(p.space, p.key, meta[i]) end end
  if body then buffer:setBytes(body) end
end
local function reason(e) return type(e) == 'table' and e.why or tostring(e) end
local function query(headers)
  local t = {}
  local q = (headers:get(':path') or ''):match('^[^?#]*%?([^#]*)') or ''
  for pair in q:gmatch('[^&]+') do
    local k, v = pair:match('^([^=]*)=?(.*)$')
    if t[k] == nil then t[k] = v end
  end
  return t
end
local function path(headers) return (headers:get(':path') or ''):match('^[^?#]*') end
local function starts(s, with) return sub(s, 1, #with) == with end
-- The answer of a function as an API gateway reads it.
local OWN = { connection = true, host = true, te = true, upgrade = true, ['content-length'] = true,
  ['transfer-encoding'] = true, ['keep-alive'] = true, ['proxy-connection'] = true }
local function unwrapped(v, headers)
  if not isobj(v) then fail('object') end
  local status = v.statusCode == nil and 200 or num(v.statusCode) or fail('statusCode')
  local set_ = {}
  for name, x in pairs(isobj(v.headers) and v.headers or {}) do set_[name:lower()] = { x } end
  for name, x in pairs(isobj(v.multiValueHeaders) and v.multiValueHeaders or {}) do set_[name:lower()] = x end
  local body = v.body
  if body == nil or body == NULL then body = '' elseif type(body) ~= 'string' then body = dump(body) end
  if v.isBase64Encoded == true then body = unbase64(body) end
  status = checked(':status', fmt('%d', status))
  for name, list_ in pairs(set_) do
    if not find(name, "^[%w!#$%%&'*+.^_`|~-]+$") then fail('header') end
    for i = 1, #list_ do checked(name, type(list_[i]) == 'string' and list_[i] or dump(list_[i])) end
  end
  headers:replace(':status', status)
  for name, list_ in pairs(set_) do
    if not OWN[name] then
      headers:remove(name)
      for i = 1, #list_ do headers:add(name, type(list_[i]) == 'string' and list_[i] or dump(list_[i])) end
    end
  end
  return body
end
local function unwrap(h)
  local buffer = h:body(true)
  local ok, why = pcall(function()
    local s = buffer:length() > 0 and buffer:getBytes(0, buffer:length()) or ''
    buffer:setBytes(unwrapped(parse(s), h:headers()))
  end)
  if not ok then error({ why = reason(why), status = '502' }, 0) end
end

-- A route's transformations come as source in its filter context, made by the same hand as this script. They are
-- compiled once for each content and worker.
local ENV = { put = put, show = show, get = get, lookup = lookup, truthy = truthy, has = has, eq = eq, lt = lt,
  add = add, need = need, div = div, mod = mod, arr = arr, obj = obj, NULL = NULL, F = F, each = each, concat = concat,
  set = set, one = one, seq = seq, alt = alt, group = group, rep = rep, rep1 = rep1, bol = bol, eol = eol,
  bound = bound, look = look, whole = whole, path = path, starts = starts, query = query }
local compiled, count = {}, 0
local function transformations(h)
  local context = h:filterContext()
  local id = context and context:get('id')
  if not id then return nil end
  if not compiled[id] then
    if count >= 1000 then compiled, count = {}, 0 end
    local chunk = assert(loadstring(context:get('code')))
    setfenv(chunk, ENV)
    compiled[id], count = chunk(), count + 1
  end
  return compiled[id]
end
function envoy_on_request(h)
  local t = transformations(h)
  if not t then return end
  for i, e in ipairs(t.requests) do
    if not e.match or e.match(h:headers()) then
      if e.request then
        local ok, why = pcall(run, h, e.request)
        if not ok then
          h:logWarn('transformation of a request failed: ' .. reason(why))
          h:respond({ [':status'] = '400' }, 'bad request')
          return
        end
      end
      if e.clear then h:clearRouteCache() end
      if e.response then h:streamInfo():dynamicMetadata():set(t.space, 'entry', i) end
      break
    end
  end
  if t.names then
    local saved = {}
    for k, v in pairs(h:headers()) do
      if t.names == true or t.names[k] then saved[k] = saved[k] and saved[k] .. ',' .. v or v end
    end
    h:streamInfo():dynamicMetadata():set(t.space, 'headers', saved)
  end
end
function envoy_on_response(h)
  local all_ = transformations(h)
  if not all_ then return end
  local memo = h:streamInfo():dynamicMetadata():get(all_.space) or {}
  local entry = memo.entry and all_.requests[memo.entry]
  local t = entry and entry.response
  if not t then
    for _, e in ipairs(all_.responses) do
      if not e.match or e.match(h:headers()) then
        t = e.response
        break
      end
    end
  end
  if not t and not all_.unwraps then return end
  local ok, why = pcall(t and run or unwrap, h, t, memo.headers or {})
  if ok then return end
  h:logWarn('transformation of a response failed: ' .. reason(why))
  h:body(true):setBytes('bad request')
  local headers = h:headers()
  headers:replace(':status', type(why) == 'table' and why.status or '400')
  headers:remove('content-encoding')
end
