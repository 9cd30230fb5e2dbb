namespace AliveMcp.Host.Tests.Routes;

/// <summary>One valid request to a route that changes something.</summary>
/// <param name="Path">Path and query.</param>
/// <param name="Body">JSON; null: none.</param>
internal sealed record Act(string Path, string? Body = null)
{
    /// <summary>The fields of a form; null: it is no form but a request of the API.</summary>
    public IReadOnlyDictionary<string, string>? Form { get; init; }

    /// <summary>Whose session sends it; null: an owner's for a form, none for the API.</summary>
    public string? Session { get; init; }

    /// <summary>The token that it brings; null: the tenant's own key of the scope <c>admin</c>.</summary>
    public string? Token { get; init; }
}
