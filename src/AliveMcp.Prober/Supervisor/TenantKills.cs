using AliveMcp.Vocabulary;

namespace AliveMcp.Prober.Supervisor;

/// <summary>
/// Remembers whose cells had to be killed. After the third within an hour each of the tenant's servers is looked at once in five minutes
/// until the hour is clean again, and the operator is told once a day. Thread-safe.
/// </summary>
internal sealed class TenantKills(CellBook book, TimeProvider time)
{
    private const int Most = 3;
    private const int Cadence = 5;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);
    private static readonly TimeSpan Silence = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<TenantId, Record> _records = [];

    public void Note(TenantId tenant)
    {
        lock (_gate)
        {
            var record = _records.TryGetValue(tenant, out var known) ? known : _records[tenant] = new Record();
            record.Kills.Enqueue(time.GetTimestamp());
            if (Recent(record) < Most || (record.Told is { } told && time.GetElapsedTime(told) < Silence))
            {
                return;
            }

            record.Told = time.GetTimestamp();
            book.Throttle(tenant, record.Kills.Count);
        }
    }

    /// <summary>Whether a server may be looked at in a minute, once or twice; saying yes counts as a look.</summary>
    public bool Admits(ServerKey server, MinuteStamp minute)
    {
        lock (_gate)
        {
            if (!_records.TryGetValue(server.Tenant, out var record))
            {
                return true;
            }

            if (Recent(record) < Most)
            {
                record.Looks.Clear();
                Forget(server.Tenant, record);
                return true;
            }

            if (
                record.Looks.TryGetValue(server.Server, out var last)
                && last != minute
                && minute.Value - last.Value < Cadence
            )
            {
                return false;
            }

            record.Looks[server.Server] = minute;
            return true;
        }
    }

    /// <summary>Whose cells were killed within the last hour.</summary>
    public IReadOnlyList<TenantStanding> Standing()
    {
        lock (_gate)
        {
            return
            [
                .. _records
                    .Select(known => new TenantStanding(
                        known.Key,
                        Recent(known.Value),
                        known.Value.Kills.Count >= Most
                    ))
                    .Where(tenant => tenant.Kills > 0),
            ];
        }
    }

    private int Recent(Record record)
    {
        while (record.Kills.TryPeek(out var first) && time.GetElapsedTime(first) >= Memory)
        {
            record.Kills.Dequeue();
        }

        return record.Kills.Count;
    }

    private void Forget(TenantId tenant, Record record)
    {
        if (record.Kills.Count == 0 && (record.Told is not { } told || time.GetElapsedTime(told) >= Silence))
        {
            _records.Remove(tenant);
        }
    }

    private sealed class Record
    {
        public Queue<long> Kills { get; } = new();

        public Dictionary<ServerId, MinuteStamp> Looks { get; } = [];

        public long? Told { get; set; }
    }
}

/// <param name="Tenant">Whose cells.</param>
/// <param name="Kills">How many of them had to be killed within the last hour.</param>
/// <param name="IsThrottled">Its servers are looked at less often for that.</param>
internal readonly record struct TenantStanding(TenantId Tenant, int Kills, bool IsThrottled);
