using AliveMcp.Vocabulary;

namespace AliveMcp.Collector.Minutes;

/// <summary>Several servers in one text: <c>tenant/server</c>, joined by commas.</summary>
internal static class ServerKeys
{
    public static string Write(IReadOnlyList<ServerKey> servers) => string.Join(',', servers);

    /// <summary>Whatever is no server is left out.</summary>
    public static IReadOnlyList<ServerKey> Read(string? text)
    {
        var servers = new List<ServerKey>();
        foreach (var name in (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (ServerKey.TryParse(name, out var server))
            {
                servers.Add(server);
            }
        }

        return servers;
    }
}
