using System.Text.Json.Serialization;
using AliveMcp.Vocabulary.Tickets;

namespace AliveMcp.Prober.Cell;

/// <summary>How orders and answers are spelled between a supervisor and its cells: as the desk spells its messages.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(DurationConverter)]
)]
[JsonSerializable(typeof(CellOrders))]
[JsonSerializable(typeof(CellAnswers))]
internal sealed partial class CellJson : JsonSerializerContext;
