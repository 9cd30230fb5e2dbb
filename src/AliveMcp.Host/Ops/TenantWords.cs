namespace AliveMcp.Host.Ops;

/// <summary>What <c>ops tenant …</c> was asked.</summary>
/// <param name="Verb"><c>list</c>, <c>add</c>, <c>suspend</c>, <c>past-due</c> or <c>resume</c>.</param>
/// <param name="Slug">As it was written.</param>
/// <param name="Name">For <c>add</c>; the slug unless told.</param>
/// <param name="Plan">For <c>add</c>: a plan of plans.yaml; <c>public</c> unless told.</param>
/// <param name="Reason">Why, for what changes how a tenant stands.</param>
internal sealed record TenantWords(string Verb, string Slug, string Name, string Plan, string Reason)
{
    /// <returns>Null when the words make no sense.</returns>
    public static TenantWords? Read(IReadOnlyList<string> words) =>
        words switch
        {
            ["tenant", "list"] => new TenantWords("list", "", "", "", ""),
            ["tenant", "add", var slug] when IsWord(slug) => Add(slug),
            ["tenant", "add", var slug, "--plan", var plan] when IsWord(slug) => Add(slug) with { Plan = plan },
            ["tenant", "add", var slug, "--name", var name] when IsWord(slug) => Add(slug) with { Name = name },
            ["tenant", "add", var slug, "--name", var name, "--plan", var plan] when IsWord(slug) => Add(slug) with
            {
                Name = name,
                Plan = plan,
            },
            ["tenant", "suspend" or "past-due" or "resume", var slug, "--reason", var reason] when IsWord(slug) =>
                new TenantWords(words[1], slug, "", "", reason),
            _ => null,
        };

    private static TenantWords Add(string slug) => new("add", slug, slug, "public", "");

    private static bool IsWord(string text) => !text.StartsWith('-');
}
