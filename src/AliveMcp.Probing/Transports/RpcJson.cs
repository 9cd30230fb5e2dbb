using System.Text.Json.Serialization;

namespace AliveMcp.Probing.Transports;

/// <summary>Spells the few values that we write into our messages.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class RpcJson : JsonSerializerContext;
