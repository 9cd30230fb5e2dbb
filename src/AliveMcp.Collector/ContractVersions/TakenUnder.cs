using AliveMcp.Vocabulary.Tickets;
using Microsoft.AspNetCore.Http;

namespace AliveMcp.Collector.ContractVersions;

/// <summary>Under which conditions a list was taken, as its prober says: lists taken under others are not compared as they are.</summary>
/// <param name="Url">Which endpoint.</param>
/// <param name="Credential">As whom, by a name that is no secret; null as a stranger.</param>
/// <param name="ProtocolVersion">The version agreed on.</param>
internal sealed record TakenUnder(string? Url, string? Credential, string? ProtocolVersion)
{
    private const int UrlLength = 2048;
    private const int WordLength = 120;

    /// <summary>All null from a prober that does not say. What cannot be stored counts as not said.</summary>
    public static TakenUnder Read(IHeaderDictionary headers) =>
        new(
            Text(headers[DeskHeaders.Url], UrlLength),
            Text(headers[DeskHeaders.Credential], WordLength),
            Text(headers[DeskHeaders.Protocol], WordLength)
        );

    private static string? Text(string? header, int most)
    {
        var text = Uri.UnescapeDataString(header ?? "");
        return text.Length is 0 || text.Length > most || text.Any(char.IsControl) ? null : text;
    }
}
