namespace AliveMcp.Host.Ops;

/// <summary>What <c>ops region …</c> was asked.</summary>
/// <param name="Verb"><c>list</c>, <c>add</c>, <c>rotate</c> or <c>remove</c>.</param>
/// <param name="Name">The region's name as it was written; empty for <c>list</c>.</param>
/// <param name="City">For <c>add</c>.</param>
/// <param name="Tenant">A tenant's slug, for <c>add</c>; null: everybody's.</param>
/// <param name="AtOnce">For <c>rotate</c>: the tokens before end now.</param>
internal sealed record RegionWords(string Verb, string Name, string City, string? Tenant, bool AtOnce)
{
    /// <returns>Null when the words make no sense.</returns>
    public static RegionWords? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["region", "list"] => new RegionWords("list", "", "", null, AtOnce: false),
            ["region", "remove", var name] when IsWord(name) => new RegionWords(
                "remove",
                name,
                "",
                null,
                AtOnce: false
            ),
            ["region", "rotate", var name] when IsWord(name) => new RegionWords(
                "rotate",
                name,
                "",
                null,
                AtOnce: false
            ),
            ["region", "rotate", var name, "--at-once"] => new RegionWords("rotate", name, "", null, AtOnce: true),
            ["region", "add", var name, "--city", var city] => new RegionWords("add", name, city, null, AtOnce: false),
            ["region", "add", var name, "--city", var city, "--tenant", var tenant] => new RegionWords(
                "add",
                name,
                city,
                tenant,
                AtOnce: false
            ),
            ["region", "add", var name, "--tenant", var tenant, "--city", var city] => new RegionWords(
                "add",
                name,
                city,
                tenant,
                AtOnce: false
            ),
            _ => null,
        };

    private static bool IsWord(string text) => !text.StartsWith('-');
}
