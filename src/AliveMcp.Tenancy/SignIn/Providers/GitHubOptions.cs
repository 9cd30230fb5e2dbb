namespace AliveMcp.Tenancy.SignIn.Providers;

/// <summary>An OAuth app of GitHub; section <c>SignIn:GitHub</c>. Its callback is <c>/sign-in/callback/github</c>.</summary>
public sealed class GitHubOptions
{
    /// <summary>Client id of the OAuth app; null, the default: no sign-in by GitHub.</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret; required with a client id.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where people sign in. Default <c>https://github.com</c>; another one for GitHub Enterprise Server.</summary>
    public Uri Url { get; set; } = new("https://github.com");

    /// <summary>Where the API is. Default <c>https://api.github.com</c>; for GitHub Enterprise Server <c>https://host/api/v3</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://api.github.com");
}
