using AliveMcp.Vocabulary;

namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>The ways in which keys are not given out.</summary>
internal static class KeyProblems
{
    public static Problem NameInvalid { get; } =
        new(
            "name_invalid",
            "A key has a name of 1 to 120 characters that can be read; for example build server.",
            "name"
        );

    public static Problem ScopeInvalid { get; } =
        new("scope_invalid", "A key's scope is read, write or admin; for example read.", "scope");

    public static Problem ExpiryInvalid { get; } =
        new("expires_invalid", "A key expires between a minute and five years from now, or never.", "expires_at");
}
