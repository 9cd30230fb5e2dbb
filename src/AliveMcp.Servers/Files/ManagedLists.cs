namespace AliveMcp.Servers.Files;

/// <summary>
/// Which list a server comes from. A tenant's file and its API are two hands on one catalogue: each may change what the other made, and a
/// file that names a server of the API takes it over. Only what stands in its own list is paused or erased by a file that no longer names it.
/// </summary>
internal static class ManagedLists
{
    public const string File = "file";
    public const string Api = "api";

    public static bool MayChange(string by, string whose) => by == whose || (IsOwners(by) && IsOwners(whose));

    /// <summary>Whether a list that names a server of another one has it from then on.</summary>
    public static bool TakesOver(string by, string whose) => by == File && whose == Api;

    private static bool IsOwners(string list) => list is File or Api;
}
