using System.Text.Json.Serialization;
using AliveMcp.Vocabulary;

namespace AliveMcp.StatusPages.Badges;

/// <summary>The endpoint form of shields.io: https://shields.io/badges/endpoint-badge.</summary>
internal sealed record ShieldsBadge(
    int SchemaVersion,
    string Label,
    string Message,
    string Color,
    bool IsError,
    int CacheSeconds
)
{
    public static ShieldsBadge Of(BadgeText text, bool isKnown) =>
        new(1, text.Label, text.Message, StateWords.Of(text.State).Color, !isKnown, 300);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ShieldsBadge))]
internal sealed partial class BadgeJson : JsonSerializerContext;
