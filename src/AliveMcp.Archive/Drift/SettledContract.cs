using AliveMcp.Archive.Hours;
using AliveMcp.Collector.ContractVersions;
using AliveMcp.Contracts;
using AliveMcp.Vocabulary;

namespace AliveMcp.Archive.Drift;

/// <summary>The list that a server settled on last, by which the next one is judged.</summary>
internal sealed record SettledContract
{
    /// <summary>How long a stay, and a finding of instability, is remembered.</summary>
    public const int RememberedMinutes = 1440;
    private const int MostRecent = 64;

    public required ServerKey Server { get; init; }

    /// <summary>Of the contract hash, as sealed minutes carry it.</summary>
    public required ulong Mark { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits; the mark's 16 alone when the list is not kept.</summary>
    public required string ContractHash { get; init; }

    /// <summary>Null when the list is not kept.</summary>
    public string? FullHash { get; init; }

    /// <summary>Under which conditions it was taken.</summary>
    public required ContractKey Key { get; init; }

    /// <summary>The first minute that showed it.</summary>
    public required MinuteStamp Minute { get; init; }

    /// <summary>When it was last found to swing; null when it was not.</summary>
    public MinuteStamp? UnstableAt { get; init; }

    /// <summary>Where it settled within a day, oldest first.</summary>
    public IReadOnlyList<Settle> Recent { get; init; } = [];

    /// <summary>Texts that change too often to be news.</summary>
    public IReadOnlyList<VolatileText> Volatile { get; init; } = [];

    /// <summary>A list and the minute since which it stands; null in place of the list when it is not kept.</summary>
    public static SettledContract On(ServerKey server, Settle settle, KeptContract? list, ContractKey key) =>
        new()
        {
            Server = server,
            Mark = settle.Mark,
            ContractHash = list?.ContractHash ?? HashOf(settle.Mark),
            FullHash = list?.FullHash,
            Key = key,
            Minute = settle.Minute,
            Recent = [settle],
        };

    /// <summary>The same server on its next list.</summary>
    public SettledContract Then(Settle settle, KeptContract? list, ContractKey key) =>
        this with
        {
            Mark = settle.Mark,
            ContractHash = list?.ContractHash ?? HashOf(settle.Mark),
            FullHash = list?.FullHash,
            Key = key,
            Minute = settle.Minute,
            Recent = settle.Mark == Mark ? Recent : RecentWith(settle),
        };

    /// <summary>Where it settled within a day, a next place included.</summary>
    public IReadOnlyList<Settle> RecentWith(Settle settle) =>
        [
            .. Recent
                .Append(settle)
                .Where(place => settle.Minute - place.Minute <= RememberedMinutes)
                .TakeLast(MostRecent),
        ];

    private static string HashOf(ulong mark) => $"sha256:{mark:x16}";
}

/// <summary>A text that changes too often to be news.</summary>
/// <param name="Tool">Its tool; null for the list itself.</param>
/// <param name="Path">JSON Pointer inside the tool.</param>
/// <param name="Last">When it was last seen to change often.</param>
internal sealed record VolatileText(string? Tool, string Path, DateTimeOffset Last);
