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
}
