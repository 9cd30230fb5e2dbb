using Microsoft.AspNetCore.Http;

namespace AliveMcp.StatusPages.Answers;

/// <summary>How the outside reaches us, for links that leave the page: the setting, else what the asker called us.</summary>
internal static class PublicOrigin
{
    /// <returns>Scheme and authority without a slash at the end, for example <c>https://status.example.com</c>; null when the asker's Host is no host.</returns>
    public static string? Of(HttpRequest request, StatusPagesOptions options)
    {
        if (options.PublicUrl is { } known)
        {
            return known.GetLeftPart(UriPartial.Authority);
        }

        return
            Uri.TryCreate($"{request.Scheme}://{request.Host.Value}", UriKind.Absolute, out var asked)
            && asked.UserInfo.Length == 0
            && asked.PathAndQuery == "/"
            ? asked.GetLeftPart(UriPartial.Authority)
            : null;
    }
}
