using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.AuditTrail;

/// <summary>One row of a chain, with what is still known of the person. Names, addresses and reasons are people's words: data, never markup.</summary>
public sealed record AuditLine
{
    /// <summary>Whose chain; not shown, since everybody sees the own one only.</summary>
    [JsonIgnore]
    public TenantId Chain { get; init; }

    /// <summary>Its number in the chain: counts up without gaps.</summary>
    public required long Seq { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>As what somebody acted, for example <c>customer</c>.</summary>
    public required string Layer { get; init; }

    /// <summary>Opaque; null when nobody was signed in.</summary>
    public string? Person { get; init; }

    /// <summary>Number of the API key or operator's token.</summary>
    public int? Key { get; init; }

    /// <summary>For example <c>server.paused</c>.</summary>
    public required string Action { get; init; }

    public required string TargetKind { get; init; }

    public required string Target { get; init; }

    public string? Why { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits; null: nothing was there.</summary>
    public string? Before { get; init; }

    /// <summary><c>sha256:</c> and 64 hex digits; null: nothing is there.</summary>
    public string? After { get; init; }

    /// <summary>Hash of the row before, 64 hex digits.</summary>
    public required string Prev { get; init; }

    /// <summary>SHA-256 of the row's canonical JSON, 64 hex digits.</summary>
    public required string Hash { get; init; }

    /// <summary>What the one who acted is called; null: nobody said, or it was erased.</summary>
    public string? Name { get; init; }

    public string? Email { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }
}
