namespace AliveMcp.Vocabulary.Handover;

/// <summary>One of the 64 slices of all servers. The count is fixed in Postgres and in every key: changing it is a migration.</summary>
public readonly record struct Shard
{
    /// <summary>How many shards there are.</summary>
    public const int Count = 64;

    private Shard(int value) => Value = value;

    /// <summary>0 to 63.</summary>
    public int Value { get; }

    public static IEnumerable<Shard> All => Enumerable.Range(0, Count).Select(value => new Shard(value));

    public static Shard Of(ServerId server) => new(server.Value % Count);

    public static Shard Of(int value) =>
        value is >= 0 and < Count ? new Shard(value) : throw new ArgumentOutOfRangeException(nameof(value));

    /// <summary>The hash tag that keeps a shard's keys in one slot of a cluster, for example <c>{s07}</c>.</summary>
    public string Tag => $"{{s{Value:00}}}";
}
