using System.Text.Json.Serialization;
using AliveMcp.Servers.Files;

namespace AliveMcp.Servers.Acts;

/// <summary>A servers file as JSON: what <c>POST /servers/apply</c> takes.</summary>
internal sealed record ServerList(
    IReadOnlyList<ServerSettings> Servers,
    [property: JsonPropertyName("$schema")] string? Schema = null
);
