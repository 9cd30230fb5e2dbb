using System.Collections.Concurrent;

namespace AliveMcp.Servers.Maintenance;

/// <summary>
/// Windows that come again, as they were read before: the planner asks for every one of them with every server and minute, and where a rule
/// that counts ends takes a walk over years. What a window comes to depends on its text alone, so whose it is makes no difference.
/// </summary>
internal sealed class RecurringSpans(int most)
{
    // What is asked for again moves from the older half into the newer; what is not is forgotten with it.
    private ConcurrentDictionary<Key, RecurringSpan?> _newer = new();
    private ConcurrentDictionary<Key, RecurringSpan?> _older = new();

    public static RecurringSpans Shared { get; } = new(40_000);

    /// <summary>Null: its rule or its zone is none that we know.</summary>
    public RecurringSpan? Of(MaintenanceSpan span)
    {
        var key = new Key(span.From, span.To, span.Rule!, span.Zone);
        var (newer, older) = (Volatile.Read(ref _newer), Volatile.Read(ref _older));
        if (newer.TryGetValue(key, out var known))
        {
            return known;
        }

        if (!older.TryGetValue(key, out var read))
        {
            read = Read(span);
        }

        if (
            newer.Count >= most / 2
            && Interlocked.CompareExchange(ref _newer, new ConcurrentDictionary<Key, RecurringSpan?>(), newer) == newer
        )
        {
            Volatile.Write(ref _older, newer);
        }

        return Volatile.Read(ref _newer).GetOrAdd(key, read);
    }

    private static RecurringSpan? Read(MaintenanceSpan span) =>
        Recurrence.Read(span.Rule!, out _) is { } rule
        && TimeZoneInfo.TryFindSystemTimeZoneById(span.Zone ?? "UTC", out var zone)
            ? new RecurringSpan(span.From, span.To, rule, zone)
            : null;

    private readonly record struct Key(DateTimeOffset From, DateTimeOffset To, string Rule, string? Zone);
}
