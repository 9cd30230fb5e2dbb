namespace AliveMcp.StatusPages;

/// <summary>Settings of the public reads; section <c>StatusPages</c>.</summary>
public sealed class StatusPagesOptions
{
    /// <summary>Where the outside reaches these pages, scheme and host, for example <c>https://status.example.com</c>. Null, the default: as the asker called us.</summary>
    public Uri? PublicUrl { get; set; }

    /// <summary>A status younger than this is given without asking anew. Default 1 s, 0 to 60 s.</summary>
    public TimeSpan AskAgainAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Name, URL and visibility of a server are asked again after this. Default 15 s, 0 to 60 s.</summary>
    public TimeSpan ListingFor { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Without a newer minute the whole status is asked again after this: figures settle, a state held too long lapses. Default 10 s, 0 to 60 s.</summary>
    public TimeSpan StatusFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a reader waits for a refresh before the last good answer is given. Default 2 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>After this long without a refresh nothing is shown as live any more. Default 5 min.</summary>
    public TimeSpan StaleAfter { get; set; } = TimeSpan.FromMinutes(5);
}
