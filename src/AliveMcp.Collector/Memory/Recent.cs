using System.Diagnostics.CodeAnalysis;

namespace AliveMcp.Collector.Memory;

/// <summary>A bounded cache of what was used lately: two generations, the older one is let go when the younger is full. Thread-safe.</summary>
internal sealed class Recent<TKey, TValue>(int capacity)
    where TKey : notnull
{
    private readonly Lock _gate = new();
    private Dictionary<TKey, TValue> _young = [];
    private Dictionary<TKey, TValue> _old = [];

    public bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(key, out value))
            {
                return true;
            }

            if (!_old.TryGetValue(key, out value))
            {
                return false;
            }

            Put(key, value);
            return true;
        }
    }

    public void Set(TKey key, TValue value)
    {
        lock (_gate)
        {
            Put(key, value);
        }
    }

    public void Remove(TKey key)
    {
        lock (_gate)
        {
            _young.Remove(key);
            _old.Remove(key);
        }
    }

    private void Put(TKey key, TValue value)
    {
        if (_young.Count >= Math.Max(1, capacity / 2) && !_young.ContainsKey(key))
        {
            (_young, _old) = ([], _young);
        }

        _young[key] = value;
    }
}
