using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.Tenants;

/// <summary>How a tenant stands, and since when.</summary>
/// <param name="Status">How.</param>
/// <param name="Since">Since when.</param>
/// <param name="Reason">Why, for the tenant to read; null while it is active.</param>
public sealed record TenantStanding(TenantStatus Status, DateTimeOffset Since, string? Reason)
{
    /// <summary>How long a tenant keeps its plan when a payment is missing.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(7);

    /// <summary>Whether its own plan holds no longer, and that of <c>public</c> does.</summary>
    public bool HasLostItsPlan(DateTimeOffset now) => Status == TenantStatus.PastDue && now - Since >= Grace;

    /// <summary>What somebody is told who wants to change something; null: nothing stands against it.</summary>
    public Problem? Refusal =>
        Status == TenantStatus.Suspended
            ? new Problem(
                "tenant_suspended",
                $"This tenant is suspended{(Reason is null ? "" : $": {SafeText.Of(Reason)}")}. It may be read and exported, and nothing can be changed."
            )
            : null;

    /// <summary>Every way to stand, as it is spelled.</summary>
    internal static IReadOnlyList<string> Words { get; } = [.. Enum.GetValues<TenantStatus>().Select(Word)];

    internal static TenantStatus Of(string word) =>
        word switch
        {
            "past_due" => TenantStatus.PastDue,
            "suspended" => TenantStatus.Suspended,
            _ => TenantStatus.Active,
        };

    internal static string Word(TenantStatus status) =>
        status switch
        {
            TenantStatus.PastDue => "past_due",
            TenantStatus.Suspended => "suspended",
            _ => "active",
        };
}
