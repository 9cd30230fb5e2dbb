namespace AliveMcp.StatusPages.Subscribers;

/// <summary>Where visitors say that they want to hear of a server's trouble.</summary>
internal static class SubscribePaths
{
    public const string Pattern = "/status/{slug}/subscribe";

    public static string Of(string slug) => $"/status/{slug}/subscribe";
}
