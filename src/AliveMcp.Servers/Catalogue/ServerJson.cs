using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using AliveMcp.Servers.Files;
using AliveMcp.Servers.Import;

namespace AliveMcp.Servers.Catalogue;

/// <summary>How this room's answers are spelled: snake_case, nothing that is null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SeenServer))]
[JsonSerializable(typeof(ServerPage))]
[JsonSerializable(typeof(ApplyAnswer))]
[JsonSerializable(typeof(ServerSettings))]
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(ImportAnswer))]
internal sealed partial class ServerJson : JsonSerializerContext;

/// <summary>One page of servers; <c>next</c> goes into <c>after</c> of the next request and is left out on the last page.</summary>
internal sealed record ServerPage(IReadOnlyList<SeenServer> Servers, int? Next);
