namespace AliveMcp.Tenancy.ApiKeys;

/// <summary>What a key may do. Each scope includes those before it.</summary>
public static class ApiKeyScopes
{
    public const string Read = "read";

    public const string Write = "write";

    public const string Admin = "admin";

    private static readonly string[] Ascending = [Read, Write, Admin];

    /// <summary>All of them, the least first.</summary>
    public static IReadOnlyList<string> All => Ascending;

    /// <summary>Whether somebody who holds <paramref name="held"/> may do what needs <paramref name="needed"/>. An unknown word gives nothing.</summary>
    public static bool Include(string held, string needed) =>
        Array.IndexOf(Ascending, held) >= Array.IndexOf(Ascending, needed) && Ascending.Contains(needed);

    /// <summary>The scope of these that includes the others; <c>none</c> when there is no known one.</summary>
    public static string Widest(IEnumerable<string> held) =>
        Ascending.LastOrDefault(scope => held.Contains(scope, StringComparer.Ordinal)) ?? "none";
}
