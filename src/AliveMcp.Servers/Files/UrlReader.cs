using AliveMcp.Servers.Catalogue;

namespace AliveMcp.Servers.Files;

/// <summary>Reads the field <c>url</c> of a mapping.</summary>
internal static class UrlReader
{
    /// <param name="missing">What a missing URL is told.</param>
    public static ServerUrl? Read(MapReader reader, string missing)
    {
        if (reader.Required("url", missing) is not { } scalar)
        {
            return null;
        }

        var read = ServerUrl.Read(scalar.Text);
        if (read.TryGet(out var url))
        {
            return url;
        }

        reader.Refuse("url_invalid", "url", scalar.Line, read.Problems[0].Message);
        return null;
    }
}
