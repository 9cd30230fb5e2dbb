namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>What a key may do. Each scope includes those before it.</summary>
public static class ApiKeyScopes
{
    public const string Read = "read";

    public const string Write = "write";

    public const string Admin = "admin";

    private static readonly string[] Ascending = [Read, Write, Admin];

    /// <summary>Whether somebody who holds <paramref name="held"/> may do what needs <paramref name="needed"/>. An unknown word gives nothing.</summary>
    public static bool Include(string held, string needed) =>
        Array.IndexOf(Ascending, held) >= Array.IndexOf(Ascending, needed) && Ascending.Contains(needed);
}
