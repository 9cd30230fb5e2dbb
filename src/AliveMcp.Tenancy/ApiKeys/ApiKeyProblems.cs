using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>The ways in which the door says no.</summary>
internal static class ApiKeyProblems
{
    public static Problem Missing { get; } =
        new(
            "token_missing",
            "This needs a token: send 'Authorization: Bearer amcp_live_…'. An install's own stands in .alivemcp/run/api-key."
        );

    public static Problem Refused { get; } =
        new(
            "token_refused",
            "The token is not good: unknown, mistyped, expired or revoked. An install's own stands in .alivemcp/run/api-key."
        );

    public static Problem NotFound(int id) =>
        new("key_not_found", FormattableString.Invariant($"The tenant has no key {id}."), "id");

    public static Problem TooMany(int most) =>
        new(
            "keys_limit",
            FormattableString.Invariant($"The tenant has {most} good keys, which are the most: revoke one first.")
        );
}
