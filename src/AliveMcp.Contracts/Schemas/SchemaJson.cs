using System.Text.Json.Serialization;

namespace AliveMcp.Contracts.Schemas;

/// <summary>Makes a value of a member's name, without reflection.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class SchemaJson : JsonSerializerContext;
