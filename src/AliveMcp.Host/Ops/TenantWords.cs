namespace AliveMcp.Host.Ops;

/// <summary>What <c>ops tenant add</c> was asked.</summary>
/// <param name="Slug">As it was written.</param>
/// <param name="Name">The slug unless told.</param>
/// <param name="Plan">A plan of plans.yaml; <c>public</c> unless told.</param>
internal sealed record TenantWords(string Slug, string Name, string Plan)
{
    /// <returns>Null when the words make no sense.</returns>
    public static TenantWords? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["tenant", "add", var slug] when IsWord(slug) => new TenantWords(slug, slug, "public"),
            ["tenant", "add", var slug, "--plan", var plan] when IsWord(slug) => new TenantWords(slug, slug, plan),
            ["tenant", "add", var slug, "--name", var name] when IsWord(slug) => new TenantWords(slug, name, "public"),
            ["tenant", "add", var slug, "--name", var name, "--plan", var plan] when IsWord(slug) => new TenantWords(
                slug,
                name,
                plan
            ),
            _ => null,
        };

    private static bool IsWord(string text) => !text.StartsWith('-');
}
