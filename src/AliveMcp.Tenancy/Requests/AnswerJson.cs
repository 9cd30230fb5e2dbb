using System.Text.Json.Serialization;

namespace AliveMcp.Tenancy.Requests;

/// <summary>How a kept answer is written before it is sealed.</summary>
[JsonSerializable(typeof(KeptAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
