using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Import;

/// <summary>Reads the files of other tools. Each shape is told by a key that only it has at its top.</summary>
internal static class ImportFormats
{
    private const string Stdio = "a local process (stdio) without a URL";

    /// <returns>The name of the shape and what it lists; null: it is none that is known.</returns>
    public static (string Format, IReadOnlyList<ImportedServer> Servers)? Read(FileNode? root) =>
        root is not FileMap top ? null
        : Get(top, "mcpServers") is FileMap servers ? ("mcp.json", Client(servers))
        : Get(top, "servers") is FileMap vscode ? ("mcp.json", Client(vscode))
        : Get(top, "remotes") is FileList || Get(top, "packages") is FileList ? ("server.json", Registry(top))
        : Get(top, "monitorList") is FileList monitors ? ("uptime-kuma", Each(monitors, Kuma))
        : Get(top, "endpoints") is FileList endpoints ? ("gatus", Each(endpoints, Gatus))
        : null;

    private static List<ImportedServer> Client(FileMap servers) =>
        [
            .. servers.Fields.Select(field =>
                field.Value is FileMap server
                    ? Get(server, "url") is FileScalar url
                        ? new ImportedServer(field.Key.Text, url.Text)
                        {
                            Transport = Text(server, "type") switch
                            {
                                "sse" => "sse",
                                "http" or "streamable-http" or "streamableHttp" => "http",
                                _ => null,
                            },
                            IsPaused = Text(server, "disabled") == "true",
                            HasSecrets = Get(server, "headers") is not null,
                        }
                        : ImportedServer.Skipped(field.Key.Text, Stdio)
                    : ImportedServer.Skipped(field.Key.Text, "no mapping")
            ),
        ];

    private static List<ImportedServer> Registry(FileMap top)
    {
        var name = Text(top, "name") ?? "server";
        var remotes = (Get(top, "remotes") as FileList)?.Items.OfType<FileMap>().ToList() ?? [];
        return remotes.Count == 0
            ? [ImportedServer.Skipped(name, Stdio)]
            :
            [
                .. remotes.Select(remote =>
                    Text(remote, "url") is not { } url ? ImportedServer.Skipped(name, "a remote without a URL")
                    : url.Contains('{', StringComparison.Ordinal)
                        ? ImportedServer.Skipped(name, "a URL with variables to fill in")
                    : new ImportedServer(name.Split('/')[^1], url)
                    {
                        Transport = Text(remote, "type") == "sse" ? "sse" : "http",
                        HasSecrets = Get(remote, "headers") is not null,
                    }
                ),
            ];
    }

    private static ImportedServer Kuma(FileMap monitor)
    {
        var name = Text(monitor, "name") ?? "monitor";
        if (Text(monitor, "type") is not ("http" or "keyword" or "json-query"))
        {
            return ImportedServer.Skipped(name, "no monitor of a URL");
        }

        var tags = (Get(monitor, "tags") as FileList)?.Items.OfType<FileMap>() ?? [];
        return new ImportedServer(name, Text(monitor, "url"))
        {
            Every = Text(monitor, "interval") is { } seconds ? Duration(seconds + "s") : null,
            IsPaused = Text(monitor, "active") is "false" or "0",
            Tags = [.. tags.Select(tag => Text(tag, "name")).OfType<string>()],
            HasSecrets =
                Text(monitor, "headers") is { Length: > 0 } || Text(monitor, "basic_auth_user") is { Length: > 0 },
        };
    }

    private static ImportedServer Gatus(FileMap endpoint)
    {
        var name = Text(endpoint, "name") ?? "endpoint";
        var url = Text(endpoint, "url");
        if (url is null || !url.StartsWith("http", StringComparison.OrdinalIgnoreCase))
        {
            return ImportedServer.Skipped(name, "no endpoint of a web URL");
        }

        return new ImportedServer(name, url)
        {
            Every = Text(endpoint, "interval") is { } interval ? Duration(interval) : null,
            IsPaused = Text(endpoint, "enabled") == "false",
            Tags = Text(endpoint, "group") is { } group ? [group] : [],
            HasSecrets = Get(endpoint, "headers") is not null,
        };
    }

    private static List<ImportedServer> Each(FileList list, Func<FileMap, ImportedServer> read) =>
        [.. list.Items.OfType<FileMap>().Select(read)];

    /// <summary>As Go spells durations: <c>30s</c>, <c>5m</c>, <c>1h</c>; null: not so.</summary>
    private static TimeSpan? Duration(string text) =>
        text.Length > 1 && int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? text[^1] switch
            {
                's' => TimeSpan.FromSeconds(count),
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(Math.Min(count, 24)),
                _ => null,
            }
            : null;

    private static FileNode? Get(FileMap map, string key) =>
        map.Fields.FirstOrDefault(field => field.Key.Text == key).Value is var node
        && node is not FileScalar { IsNothing: true }
            ? node
            : null;

    private static string? Text(FileMap map, string key) => (Get(map, key) as FileScalar)?.Text;
}
