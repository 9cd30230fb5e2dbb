namespace AliveMcp.Servers.Import;

/// <summary>What another tool's file says of one server, in its own words.</summary>
/// <param name="Name">What it is called there.</param>
/// <param name="Url">Null: it has none that can be watched, see <see cref="Why"/>.</param>
internal sealed record ImportedServer(string Name, string? Url)
{
    /// <summary>Why it cannot be watched; null: it can.</summary>
    public string? Why { get; init; }

    /// <summary><c>http</c> or <c>sse</c>; null: found out by looking.</summary>
    public string? Transport { get; init; }

    /// <summary>How often it was looked at there.</summary>
    public TimeSpan? Every { get; init; }

    public bool IsPaused { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>It carries headers or secrets, which are not taken over.</summary>
    public bool HasSecrets { get; init; }

    public static ImportedServer Skipped(string name, string why) => new(name, Url: null) { Why = why };
}
