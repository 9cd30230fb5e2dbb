namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>A key just issued.</summary>
/// <param name="ApiKeyId">Its number.</param>
/// <param name="Token">The whole token: told here and never again.</param>
public sealed record FreshKey(int ApiKeyId, string Token)
{
    /// <summary>Never the token: it must not reach a log by accident.</summary>
    public override string ToString() => $"key {ApiKeyId}";
}
