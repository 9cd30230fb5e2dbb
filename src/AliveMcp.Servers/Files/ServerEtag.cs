using System.Security.Cryptography;
using System.Text.Json;
using AliveMcp.Servers.Catalogue;

namespace AliveMcp.Servers.Files;

/// <summary>Names a state of a server's settings: equal for equal settings on every replica, another one after every change of them.</summary>
internal static class ServerEtag
{
    private const int Bytes = 16;

    /// <returns>As it stands in the header, quotes included.</returns>
    public static string Of(ServerSettings settings)
    {
        var text = JsonSerializer.SerializeToUtf8Bytes(settings, ServerJson.Default.ServerSettings);
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(text).AsSpan(0, Bytes))}\"";
    }
}
