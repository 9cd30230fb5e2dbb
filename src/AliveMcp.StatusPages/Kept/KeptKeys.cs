namespace AliveMcp.StatusPages.Kept;

/// <summary>The keys of the page cache: what pages show, for when a process starts while the archive is away. Nobody else reads them.</summary>
internal static class KeptKeys
{
    /// <summary>Set: the public slugs that have a <see cref="Page"/>.</summary>
    public const string Slugs = "page1:slugs";

    /// <summary>String: what <c>/</c> shows. Lives for a day.</summary>
    public const string Overview = "page1:overview";

    /// <summary>Hash of one public slug: <c>s</c> listing and status, <c>f</c> what a page shows besides. Lives for a day; goes when its slug is no longer public.</summary>
    public static string Page(string publicSlug) => "page1:of:" + publicSlug;
}
