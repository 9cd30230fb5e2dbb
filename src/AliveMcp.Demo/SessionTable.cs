using System.Collections.Concurrent;

namespace AliveMcp.Demo;

/// <summary>The open sessions of a server; the oldest go when there are too many.</summary>
internal sealed class SessionTable
{
    private const int Most = 1_000;
    private readonly ConcurrentDictionary<string, byte> _open = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _oldest = new();

    public string Open()
    {
        var id = Guid.NewGuid().ToString("N");
        _open[id] = 0;
        _oldest.Enqueue(id);
        while (_oldest.Count > Most && _oldest.TryDequeue(out var oldest))
        {
            _open.TryRemove(oldest, out _);
        }

        return id;
    }

    public bool Has(string id) => _open.ContainsKey(id);

    public bool End(string id) => _open.TryRemove(id, out _);
}
