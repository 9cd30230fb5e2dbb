using AliveMcp.Vocabulary;

namespace AliveMcp.Storage.Audit;

/// <summary>
/// Who acts, as the audit trail keeps it. Ids go into the chained row and stay there for seven years; name, address and the like stand
/// beside it and can be erased.
/// </summary>
public sealed record Actor
{
    /// <summary>Nobody was recognised.</summary>
    public static Actor Stranger { get; } = new() { Layer = "stranger" };

    /// <summary>A loop of ours, or the start of the install.</summary>
    public static Actor System { get; } = new() { Layer = "system" };

    /// <summary>Whoever runs this very process at a terminal: who may read the install's own files is its operator.</summary>
    public static Actor AtTerminal =>
        new() { Layer = "root_operator", Name = SafeText.Of($"operator {Environment.UserName}", 200) };

    /// <summary>As what: <c>stranger</c>, <c>customer</c>, <c>tenant_operator</c>, <c>root_operator</c>, <c>auditor</c>, or <c>system</c> for what no person started.</summary>
    public required string Layer { get; init; }

    /// <summary>Null unless a person is signed in.</summary>
    public PersonId? Person { get; init; }

    /// <summary>Number of the API key or operator's token that was shown; null when there was none.</summary>
    public int? Key { get; init; }

    /// <summary>What people call who acts; at most 200 characters are kept.</summary>
    public string? Name { get; init; }

    public string? Email { get; init; }

    /// <summary>The network address that the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>As it was sent; at most 300 characters are kept, made safe to print.</summary>
    public string? UserAgent { get; init; }
}
